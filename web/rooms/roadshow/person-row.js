// One person in the people panel, with what staff can do about it.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Affiliation } from "../../components/affiliation.js";
import { Lazy } from "../../components/lazy.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { personCommands } from "../studio/parts.js";
import { RolesDialog } from "./roles-dialog.js";

/** @import { Attendant, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** What is asked about, with a reason, before it is done. */
const REASONED = ["member.decline", "member.remove", "member.ban"];

/** What nobody does to themselves. */
const AGAINST_OTHERS = ["member.unmute", "member.remove", "member.ban"];

/** Commands by where the person stands; the first is what comes next. @param {Attendant} person */
function commands({ state, muted, onSite }) {
  switch (state) {
    case "in":
      return [
        onSite ? "member.check_out" : "member.check_in",
        muted ? "member.unmute" : "member.mute",
        "member.remove",
        "member.ban",
      ];
    case "waiting":
    case "applied":
      return ["member.admit", "member.decline", "member.ban"];
    case "declined":
    case "removed":
      return ["member.admit", "member.ban"];
    case "banned":
      return ["member.unban"];
  }
}

/** @param {{store: RoomStore, room: Room, person: Attendant}} props */
export function PersonRow({ store, room, person }) {
  const [asking, setAsking] = useState("");
  const { member, name, kind, state, roles = [], muted, onSite, here } = person;
  const own = member === store.you.member;
  const shownRoles = roles.filter((role) => role !== "audience").map((role) => t(`role.${role}`));
  /** @param {string} command */
  const run = (command) => {
    if (REASONED.includes(command)) setAsking(command);
    else store.order(command, { member });
  };
  return h(
    "li",
    { class: `attendant ${state}` },
    h(
      "p",
      { class: "attendant-name" },
      h("strong", null, name || t("people.erased")),
      own && h("span", { class: "mark" }, t("people.you")),
      state !== "in" && h("span", { class: `mark ${state}` }, t(`people.state.${state}`)),
      state === "in" && here && h("span", { class: "mark ready" }, t("people.here")),
      onSite && h("span", { class: "mark mine" }, t("people.onSite")),
      muted && h("span", { class: "mark skipped" }, t("people.muted")),
      state === "in" && room.door.terms && !person.signed &&
        h("span", { class: "mark waiting" }, t("people.unsigned")),
    ),
    h(
      "p",
      { class: "person-facts quiet" },
      shownRoles.map((role) => h("span", { key: role }, role)),
      h(Affiliation, { of: person, apart: true }),
      kind && h("span", null, t(`kind.${kind}`)),
    ),
    h(Answers, { room, person }),
    person.reason && h("p", { class: "quiet" }, t("door.reason", { reason: person.reason })),
    store.is("moderator") && h(
      "p",
      { class: "actions" },
      commands(person).filter((command) => !own || !AGAINST_OTHERS.includes(command)).map((
        command,
        index,
      ) =>
        h(
          "button",
          {
            key: command,
            type: "button",
            class: index === 0 && state !== "in" ? "small primary" : "small",
            "aria-label": t("run.commandFor", { command: t(`command.${command}`), title: name }),
            onClick: () => run(command),
          },
          t(`command.${command}`),
        )
      ),
      state === "in" && h(
        "button",
        {
          type: "button",
          class: "small",
          "aria-label": t("run.commandFor", {
            command: t("command.member.set_roles"),
            title: name,
          }),
          onClick: () => setAsking("member.set_roles"),
        },
        t("command.member.set_roles"),
      ),
      state === "in" && (here || room.floor.includes(member)) && h(Lazy, {
        load: personCommands,
        given: { store, room, member, name, sends: false },
        meanwhile: null,
      }),
    ),
    asking === "member.set_roles" &&
      h(RolesDialog, { store, room, person, close: () => setAsking("") }),
    REASONED.includes(asking) && h(ReasonDialog, {
      title: t("run.commandFor", { command: t(`command.${asking}`), title: name }),
      text: t(`ask.${asking}`),
      action: t(`command.${asking}`),
      reason: "optional",
      run: (reason) => store.order(asking, reason ? { member, reason } : { member }),
      close: () => setAsking(""),
    }),
  );
}

/** What an applicant answered. @param {{room: Room, person: Attendant}} props */
function Answers({ room, person }) {
  if (!person.answers) return null;
  return h(
    "dl",
    { class: "answers" },
    person.answers.map((answer, index) => [
      h("dt", { key: `q${index}` }, room.form[index] ?? ""),
      h("dd", { key: `a${index}` }, answer),
    ]),
  );
}
