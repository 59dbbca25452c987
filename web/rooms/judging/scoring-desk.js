// The moderator's desk of judging: how it is judged, who judges, which sheets are there, what is told.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { downloadTable, scoreTable } from "./csv.js";
import { JudgesTable } from "./judges-table.js";
import { missing, useJudges } from "./judges.js";
import { figure, scoredSlots, slotsBeforeScores, untold } from "./marks.js";
import { Paper } from "./papers.js";
import { SchemeFacts } from "./scheme-facts.js";
import { SchemeForm } from "./scheme-form.js";
import { isJudged, isOver } from "../lifecycle.js";
import { LoadProblem } from "../../components/load-problem.js";

/** @import { Attendant, Room, Slot } from "../../types.d.ts" */
/** @import { Judging } from "./types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, id: string}} props */
export function ScoringDesk({ store, room, id }) {
  const [editing, setEditing] = useState(false);
  const { judging } = room;
  const moderator = store.is("moderator");
  const arrangeable = moderator && !isOver(room) &&
    (judging?.given ?? []).length === 0;
  if (editing && arrangeable) {
    return h(SchemeForm, { store, room, judging, close: () => setEditing(false) });
  }
  if (!judging) {
    return h(
      "div",
      { class: "judging-start" },
      h("h2", null, t("judging.title")),
      h("p", null, t("judging.none")),
      arrangeable
        ? [
          h("p", { class: "quiet" }, t("judging.startText")),
          h(
            "p",
            { class: "actions" },
            h("button", {
              type: "button",
              class: "primary",
              onClick: () => setEditing(true),
            }, t("judging.start")),
          ),
        ]
        : moderator && h("p", { class: "quiet" }, t("judging.tooLate")),
    );
  }
  return [
    h(Progress, { store, room, judging, id, moderator }),
    h(SchemeFacts, { room, judging }),
    arrangeable && h(
      "p",
      { class: "actions" },
      h("button", { type: "button", onClick: () => setEditing(true) }, t("judging.change")),
    ),
  ];
}

/** @param {{store: RoomStore, room: Room, judging: Judging, id: string, moderator: boolean}} props */
function Progress({ store, room, judging, id, moderator }) {
  const [state, again] = useJudges(store, id);
  const [paper, setPaper] = useState("");
  const slots = scoredSlots(room, judging);
  if (state.is === "loading") return h("p", { class: "empty" }, t("common.loading"));
  if (state.is === "failed") {
    return h(LoadProblem, { error: state.error, again });
  }
  const { judges } = state;
  return h(
    "section",
    { class: "scoring-desk", "aria-labelledby": "scoring-desk" },
    h("h2", { id: "scoring-desk" }, t("judging.progress")),
    judges.length === 0 && h("p", { class: "warning" }, t("judging.noJudges")),
    h(
      "ol",
      { class: "scoring-slots" },
      slots.map((slot) =>
        h(SlotScoring, { key: slot.id, store, room, judging, slot, judges, moderator })
      ),
    ),
    moderator && h(Telling, { store, room, judging }),
    judges.length > 0 && h(JudgesTable, { store, judging, judges, slots, room, moderator }),
    h("h3", null, t("judging.papers")),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", class: "small", onClick: () => setPaper("blank") },
        t("judging.paper.blank"),
      ),
      judging.sheets.length > 0 &&
        h(
          "button",
          { type: "button", class: "small", onClick: () => setPaper("sheets") },
          t("judging.paper.sheets"),
        ),
      judging.scores.length > 0 && [
        h(
          "button",
          { type: "button", class: "small", onClick: () => setPaper("summary") },
          t("judging.paper.summary"),
        ),
        h(
          "button",
          {
            type: "button",
            class: "small",
            onClick: () => downloadTable(`${room.title}.csv`, scoreTable(room, judging)),
          },
          t("judging.csv"),
        ),
      ],
    ),
    paper && h(Paper, { kind: paper, room, judging, judges, close: () => setPaper("") }),
  );
}

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {Judging} props.judging
 * @param {Slot} props.slot
 * @param {Attendant[]} props.judges
 * @param {boolean} props.moderator
 */
function SlotScoring({ store, room, judging, slot, judges, moderator }) {
  const [asking, setAsking] = useState("");
  const score = judging.scores.find((one) => one.slot === slot.id);
  const given = judging.given?.filter((pair) => pair.slot === slot.id).length ?? 0;
  const left = missing(judges, judging, slot.id);
  const may = moderator && isJudged(room);
  const names = left.map(({ name }) => name || t("people.erased")).join(t("list.comma"));
  const text = asking === "scoring.open"
    ? t("judging.openText", { title: slot.title })
    : left.length > 0
    ? t("judging.closeMissing", { names })
    : t("judging.closeText", { title: slot.title });
  /** @param {string} command @param {boolean} primary */
  const button = (command, primary) =>
    h(
      "button",
      {
        type: "button",
        class: primary ? "small primary" : "small",
        "aria-label": t("run.commandFor", { command: t(`command.${command}`), title: slot.title }),
        onClick: () => setAsking(command),
      },
      t(`command.${command}`),
    );
  return h(
    "li",
    { class: `scoring-slot ${slot.state}` },
    h(
      "p",
      { class: "slot-facts" },
      h("span", { class: `mark ${slot.state}` }, t(`slot.state.${slot.state}`)),
      h("span", { class: "quiet" }, t("judging.givenOf", { given, all: given + left.length })),
      score && h("strong", { class: "placed-total" }, figure(score.total)),
    ),
    h("p", { class: "slot-title" }, slot.title),
    left.length > 0 && !score && ["qa", "scoring"].includes(slot.state) &&
      h("p", { class: "quiet" }, t("judging.missing", { names })),
    may && h(
      "p",
      { class: "actions" },
      slot.state === "scoring" && button("scoring.close", left.length === 0),
      slot.state === "done" && !score && button("scoring.open", false),
    ),
    asking && h(ReasonDialog, {
      title: t(`command.${asking}`),
      text,
      action: t(`command.${asking}`),
      reason: asking === "scoring.open" ? "required" : "none",
      run: (/** @type {string} */ reason) =>
        store.order(asking, { slot: slot.id, ...(reason ? { reason } : {}) }),
      close: () => setAsking(""),
    }),
  );
}

/** Scores that wait to be told. @param {{store: RoomStore, room: Room, judging: Judging}} props */
function Telling({ store, room, judging }) {
  const [asking, setAsking] = useState(false);
  const ready = untold(room, judging);
  const left = slotsBeforeScores(room, judging);
  if (!isJudged(room)) return null;
  if (ready.length === 0) return null;
  return h(
    "div",
    { class: "block" },
    h("p", null, t("judging.untold", { n: ready.length })),
    left > 0 && h("p", { class: "quiet" }, t("judging.slotsLeft", { n: left })),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", class: "primary", disabled: left > 0, onClick: () => setAsking(true) },
        t("command.scores.publish"),
      ),
    ),
    asking && h(ReasonDialog, {
      title: t("command.scores.publish"),
      text: t("judging.publishText", { n: ready.length }),
      action: t("command.scores.publish"),
      reason: "none",
      run: () => store.order("scores.publish"),
      close: () => setAsking(false),
    }),
  );
}
