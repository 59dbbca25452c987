// Judges against slots: who sits in which panel, who gave a sheet, who stood back.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Dialog } from "../../components/dialog.js";

/** @import { Attendant, Room, Slot } from "../../types.d.ts" */
/** @import { Judging, SlotJudge } from "./types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {Judging} props.judging
 * @param {Attendant[]} props.judges
 * @param {Slot[]} props.slots
 * @param {boolean} props.moderator
 */
export function JudgesTable({ store, room, judging, judges, slots, moderator }) {
  const [recusing, setRecusing] = useState(/** @type {Attendant | null} */ (null));
  const panelled = judging.panels.length > 1;
  return [
    h("h3", null, t("judging.judges")),
    h(
      "div",
      { class: "wide-table", tabIndex: 0, role: "region", "aria-label": t("judging.judges") },
      h(
        "table",
        { class: "judges" },
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            h("th", { scope: "col" }, t("judging.judge")),
            panelled && h("th", { scope: "col" }, t("judging.panel")),
            slots.map((slot) =>
              h(
                "th",
                { key: slot.id, scope: "col", title: slot.title },
                h("span", { "aria-hidden": "true" }, String(room.slots.indexOf(slot) + 1)),
                h("span", { class: "unseen" }, slot.title),
              )
            ),
          ),
        ),
        h(
          "tbody",
          null,
          judges.map((judge) =>
            h(JudgeRow, {
              key: judge.member,
              store,
              judging,
              judge,
              slots,
              panelled,
              moderator,
              recuse: () => setRecusing(judge),
            })
          ),
        ),
      ),
    ),
    h("p", { class: "quiet" }, t("judging.signs")),
    recusing &&
    h(RecusalDialog, { store, judging, judge: recusing, slots, close: () => setRecusing(null) }),
  ];
}

/** @param {SlotJudge[] | undefined} pairs @param {string} slot @param {string} member */
function has(pairs, slot, member) {
  return (pairs ?? []).some((pair) => pair.slot === slot && pair.member === member);
}

/** @param {{store: RoomStore, judging: Judging, judge: Attendant, slots: Slot[], panelled: boolean, moderator: boolean, recuse: () => void}} props */
function JudgeRow({ store, judging, judge, slots, panelled, moderator, recuse }) {
  const { member, name } = judge;
  const panel = judging.seats?.find((seat) => seat.member === member)?.panel ?? 1;
  const hasGiven = judging.given?.some((pair) => pair.member === member);
  const shown = name || t("people.erased");
  return h(
    "tr",
    null,
    h(
      "th",
      { scope: "row" },
      h("span", null, shown),
      h(
        "span",
        { class: judge.here ? "is-here" : "quiet" },
        t(judge.here ? "judging.here" : "judging.away"),
      ),
      moderator && h(
        "button",
        {
          type: "button",
          class: "plain small",
          "aria-label": t("run.commandFor", { command: t("judging.recuse"), title: shown }),
          onClick: recuse,
        },
        t("judging.recuse"),
      ),
    ),
    panelled && h(
      "td",
      null,
      moderator && !hasGiven
        ? h(
          "select",
          {
            "aria-label": t("judging.panelOf", { name: shown }),
            value: String(panel),
            onChange: (/** @type {any} */ event) =>
              store.order("judge.seat", { member, panel: Number(event.target.value) }),
          },
          judging.panels.map((one, index) =>
            h("option", { key: index, value: String(index + 1) }, one.name)
          ),
        )
        : judging.panels[panel - 1]?.name,
    ),
    slots.map((slot) => {
      const state = (judge.slots ?? []).includes(slot.id)
        ? "own"
        : has(judging.recusals, slot.id, member)
        ? "recused"
        : has(judging.given, slot.id, member)
        ? "given"
        : "open";
      return h(
        "td",
        { key: slot.id, class: `cell ${state}` },
        h("span", { "aria-hidden": "true" }, t(`judging.cell.${state}`)),
        h("span", { class: "unseen" }, t(`judging.cellSays.${state}`)),
      );
    }),
  );
}

/** From which slots a judge stands back. */
/** @param {{store: RoomStore, judging: Judging, judge: Attendant, slots: Slot[], close: () => void}} props */
function RecusalDialog({ store, judging, judge, slots, close }) {
  const { member, name } = judge;
  const told = new Set(judging.scores.map(({ slot }) => slot));
  const before = slots.filter(({ id }) => has(judging.recusals, id, member)).map(({ id }) => id);
  const [chosen, setChosen] = useState(before);
  const [reason, setReason] = useState("");
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const words = reason.trim();
    for (const slot of chosen.filter((one) => !before.includes(one))) {
      store.order("judge.recuse", { slot, member, ...(words ? { reason: words } : {}) });
    }
    for (const slot of before.filter((one) => !chosen.includes(one))) {
      store.order("judge.return", { slot, member });
    }
    close();
  };
  return h(
    Dialog,
    { title: t("judging.recusalsOf", { name: name || t("people.erased") }), close },
    h(
      "form",
      { onSubmit: submit },
      h("p", { class: "quiet" }, t("judging.recusalsText")),
      h(
        "fieldset",
        null,
        h("legend", null, t("people.slots")),
        slots.map(({ id, title }) =>
          h(
            "label",
            { key: id, class: "choice" },
            h("input", {
              type: "checkbox",
              checked: chosen.includes(id),
              disabled: told.has(id),
              onChange: () =>
                setChosen(
                  chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id],
                ),
            }),
            title,
          )
        ),
      ),
      h(
        "label",
        { class: "field" },
        h("span", null, t("reason.optional")),
        h("input", {
          value: reason,
          maxLength: 200,
          onInput: (/** @type {any} */ event) => setReason(event.target.value),
        }),
      ),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", class: "primary" }, t("judging.save")),
        h("button", { type: "button", onClick: close }, t("common.back")),
      ),
    ),
  );
}
