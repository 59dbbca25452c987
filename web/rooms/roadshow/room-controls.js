// Opens, starts, pauses and ends the room; ending takes two steps.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { useTick } from "../../app/observable.js";
import { clockText } from "../clock.js";
import { ReasonDialog } from "../../components/reason-dialog.js";

/** @import { Room, RoomState } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @type {Record<RoomState, string[]>} commands by state; the first is what comes next */
const COMMANDS = {
  scheduled: ["room.open", "room.cancel"],
  open: ["room.start", "room.cancel"],
  live: ["room.pause", "room.end"],
  paused: ["room.resume", "room.end"],
  follow_up: ["room.reopen", "room.close"],
  closed: [],
  archived: [],
  cancelled: [],
};

/** What is asked about before it is done. */
const ASKED = ["room.cancel", "room.close"];

/** @param {{store: RoomStore, room: Room}} props */
export function RoomControls({ store, room }) {
  useTick(500);
  const [asking, setAsking] = useState("");
  const now = store.now();
  const ending = room.endRequestedUntil !== null && room.endRequestedUntil > now;
  const reopenLeft = room.reopenUntil === null ? 0 : room.reopenUntil - now;
  const commands = COMMANDS[room.state].filter((one) =>
    !(one === "room.reopen" && reopenLeft <= 0) && !(one === "room.end" && ending)
  );
  /** @param {string} command */
  const run = (command) => {
    if (ASKED.includes(command)) setAsking(command);
    else store.order(command);
  };
  return h(
    "div",
    { class: "block" },
    h(
      "h2",
      null,
      t("run.room"),
      h("span", { class: `state ${room.state}` }, t(`room.state.${room.state}`)),
    ),
    h("p", { class: "quiet" }, t(`run.state.${room.state}`)),
    ending && ["live", "paused"].includes(room.state) && h(
      "div",
      { class: "ending", role: "group", "aria-label": t("command.room.end_confirm") },
      h("p", null, t("run.ending", { time: clockText((room.endRequestedUntil ?? 0) - now) })),
      h(
        "button",
        { type: "button", class: "danger", onClick: () => store.order("room.end_confirm") },
        t("command.room.end_confirm"),
      ),
    ),
    commands.length > 0 && h(
      "p",
      { class: "actions" },
      commands.map((command, index) =>
        h(
          "button",
          {
            key: command,
            type: "button",
            class: index === 0 ? "primary" : "",
            onClick: () => run(command),
          },
          t(`command.${command}`),
          command === "room.reopen" && ` (${clockText(reopenLeft)})`,
        )
      ),
    ),
    asking && h(ReasonDialog, {
      title: t(`command.${asking}`),
      text: t(`ask.${asking}`),
      action: t(`command.${asking}`),
      reason: asking === "room.cancel" ? "optional" : "none",
      run: (reason) => store.order(asking, reason ? { reason } : {}),
      close: () => setAsking(""),
    }),
  );
}
