// The clock of the slot on stage: phase in words and colour, time on the server's clock.
import { h, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { useTick } from "../../app/observable.js";
import { isOver } from "../lifecycle.js";
import { clockText, readClock, warning } from "../clock.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const TICK = 200; // milliseconds

/** @param {{store: RoomStore, room: Room, speaks: boolean}} props `speaks` its warnings aloud */
export function ClockFace({ store, room, speaks }) {
  useTick(TICK);
  const clock = room.clock;
  const reading = clock && readClock(clock, store.now());
  const before = useRef(/** @type {import("../clock.js").Reading | null} */ (null));
  useEffect(() => {
    const seconds = speaks && reading?.running ? warning(before.current, reading) : null;
    if (seconds !== null) {
      notices.warn(t(`clock.warning${seconds}`, { phase: t(`clock.${reading?.phase}`) }));
    }
    before.current = reading;
  });
  // An end that cut a slot short keeps its clock for a reopening; until then it tells nobody anything.
  if (isOver(room)) return null;
  if (!clock || !reading) {
    const scoring = room.slots.some(({ id, state }) => id === room.stage && state === "scoring");
    const idle = t(scoring ? "slot.state.scoring" : "clock.idle");
    return h("p", { class: "clock idle" }, h("span", { class: "clock-phase" }, idle));
  }
  const phase = t(`clock.${reading.phase}`);
  const begun = reading.phase !== "pitch" || clock.remainingMs !== clock.totalMs;
  const state = reading.running ? "" : t(begun ? "clock.paused" : "clock.armed");
  return h(
    "p",
    {
      class: `clock ${reading.level} ${reading.phase}${reading.running ? "" : " stopped"}`,
      role: "timer",
    },
    h("span", { class: "clock-phase" }, phase, state && ` · ${state}`),
    h("span", { class: "clock-time" }, clockText(reading.remaining)),
  );
}
