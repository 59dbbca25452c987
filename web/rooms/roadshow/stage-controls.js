// The slot on stage: start, stop and extend its clock, go over to questions, finish.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { useTick } from "../../app/observable.js";
import { clockText } from "../clock.js";
import { ClockFace } from "./clock-face.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const MINUTE = 60_000; // milliseconds

/** @param {{store: RoomStore, room: Room, slot: Slot}} props */
export function StageControls({ store, room, slot }) {
  const [asking, setAsking] = useState("");
  const next = nextStep(slot);
  const running = ["pitch", "overtime", "qa"].includes(slot.state);
  const stopped = room.clock?.endsAt === null;
  const live = room.state === "live";
  /** @param {string} reason */
  const run = (reason) => store.order(asking, { slot: slot.id, ...(reason ? { reason } : {}) });
  return h(
    "div",
    { class: "block on-stage" },
    h("h2", null, t("run.onStage")),
    h("p", { class: "slot-title" }, slot.title),
    h(ClockFace, { store, room, speaks: false }),
    h(
      "p",
      { class: "actions" },
      next && h(
        "button",
        {
          type: "button",
          class: "primary",
          disabled: !live && next !== "scoring.close",
          onClick: () => store.order(next, next === "scoring.close" ? { slot: slot.id } : {}),
        },
        t(`command.${next}`),
      ),
      running && h(
        "button",
        {
          type: "button",
          disabled: !live,
          onClick: () => store.order(stopped ? "clock.resume" : "clock.pause"),
        },
        t(stopped ? "command.clock.resume" : "command.clock.pause"),
      ),
      running && h(
        "button",
        { type: "button", onClick: () => store.order("clock.extend", { ms: MINUTE }) },
        t("command.clock.extend"),
      ),
      running && slot.state !== "qa" && h(
        "button",
        { type: "button", onClick: () => store.order("slot.finish") },
        t("command.slot.finish"),
      ),
      running && h(
        "button",
        { type: "button", disabled: !live, onClick: () => setAsking("slot.restart") },
        t("command.slot.restart"),
      ),
      slot.state !== "done" && slot.state !== "scoring" && h(
        "button",
        { type: "button", onClick: () => setAsking("slot.skip") },
        t("command.slot.skip"),
      ),
    ),
    slot.state === "ready" && live && h(Awaited, { store, room, slot }),
    asking && h(ReasonDialog, {
      title: t(`command.${asking}`),
      text: t(`ask.${asking}`),
      action: t(`command.${asking}`),
      reason: asking === "slot.restart" ? "required" : "optional",
      run,
      close: () => setAsking(""),
    }),
  );
}

/** Who was called is waited for; then the slot goes to the last place, or is out. @param {{store: RoomStore, room: Room, slot: Slot}} props */
function Awaited({ store, room, slot }) {
  useTick(1_000);
  const left = (room.calledAt ?? 0) + room.rules.awaitMs - store.now();
  const out = room.rules.noShow === "forfeit" || slot.absences > 0;
  return h(
    "p",
    { class: "actions awaited" },
    h(
      "button",
      { type: "button", disabled: left > 0, onClick: () => store.order("slot.no_show") },
      t(out ? "run.forfeit" : "run.postpone"),
    ),
    h(
      "span",
      { class: "quiet" },
      left > 0 ? t("run.awaited", { time: clockText(left) }) : t("run.awaitedEnough"),
    ),
  );
}

/** The command that usually follows; null where the next slot is to be called. @param {Slot} slot */
function nextStep({ state }) {
  if (state === "ready") return "pitch.start";
  if (state === "pitch" || state === "overtime") return "qa.start";
  if (state === "scoring") return "scoring.close";
  return state === "qa" ? "slot.finish" : null;
}
