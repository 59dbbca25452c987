// Plays a recording that its presenter handed over to the whole room; it runs by the server's clock.
import { h, useRef, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { useTick } from "../../app/observable.js";
import { titleOf } from "./recording-rows.js";
import { isPlaying, lengthText, positionAt } from "../media/playback-time.js";
import { pitchPassed } from "./times.js";

/** @import { Playback, Recording, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { RecordingsKeeper } from "./recordings-keeper.js" */

const STEP = 1_000; // milliseconds that an arrow key goes

/** @param {{store: RoomStore, room: Room, keeper: RecordingsKeeper}} props */
export function PlaybackBox({ store, room, keeper }) {
  const offered = keeper.state.is === "shown"
    ? keeper.state.recordings.filter((one) => one.offered && !one.running)
    : [];
  const { playback } = room;
  return h(
    "div",
    { class: playback ? "block playback running" : "block playback" },
    h(
      "h2",
      null,
      t("studio.playback"),
      playback && h("span", { class: "state live" }, t("studio.playsToRoom")),
    ),
    playback
      ? h(Controls, { store, room, playback })
      : h("p", { class: "quiet" }, t("studio.playbackText")),
    !playback && offered.length === 0 && h("p", { class: "quiet" }, t("studio.playbackEmpty")),
    offered.length > 0 && h(
      "ul",
      { class: "recordings" },
      inSlots(offered, room).map((one) => h(OfferedRow, { key: one.recording, store, room, one })),
    ),
  );
}

/** By the order of their slots, newest first within one. @param {Recording[]} list @param {Room} room */
function inSlots(list, room) {
  const place = (/** @type {Recording} */ { slot }) =>
    room.slots.findIndex(({ id }) => id === slot);
  return [...list].sort((one, other) => place(one) - place(other) || other.begunAt - one.begunAt);
}

/** @param {{store: RoomStore, room: Room, one: Recording}} props */
function OfferedRow({ store, room, one }) {
  useTick(1_000);
  const passed = pitchPassed(room, one.slot ?? "", store.now());
  const title = titleOf(one, room);
  const may = room.state === "open" || room.state === "live";
  const isThis = room.playback?.recording === one.recording;
  /** @param {string} name @param {string} text @param {number} [from] */
  const play = (name, text, from) =>
    h(
      "button",
      {
        type: "button",
        class: "small",
        disabled: !may,
        "aria-label": t("run.commandFor", { command: t(name), title }),
        onClick: () =>
          store.order("playback.start", {
            recording: one.recording,
            ...(from === undefined ? {} : { from }),
          }),
      },
      text,
    );
  return h(
    "li",
    { class: "recording-row", "aria-current": isThis ? "true" : undefined },
    h(
      "p",
      { class: "slot-facts" },
      h("span", { class: "mark" }, t(`studio.of.${one.kind}`)),
      h(
        "span",
        { class: "quiet" },
        [one.name, lengthText(one.lengthMs)].filter(Boolean).join(" · "),
      ),
      isThis && h("span", { class: "mark ready" }, t("studio.isPlaying")),
    ),
    h("p", { class: "slot-title" }, title),
    h(
      "p",
      { class: "actions" },
      passed !== null && passed < one.lengthMs &&
        play("studio.playOn", t("studio.playOnAt", { time: lengthText(passed) })),
      play("studio.playStart", t("studio.playStart"), 0),
    ),
  );
}

/** @param {{store: RoomStore, room: Room, playback: Playback}} props */
function Controls({ store, room, playback }) {
  useTick(250);
  // While somebody drags, and until the server has answered, the knob is theirs.
  const [held, setHeld] = useState(/** @type {number | null} */ (null));
  const latest = useRef(0);
  const position = held ?? positionAt(playback, store.now());
  const runs = isPlaying(playback);
  const times = { at: lengthText(position), of: lengthText(playback.lengthMs) };
  /** @param {any} event */
  const seek = (event) => {
    const to = Math.min(Number(event.target.value), playback.lengthMs);
    const ask = ++latest.current;
    const free = () => {
      if (ask === latest.current) setHeld(null);
    };
    setHeld(to);
    store.send("playback.seek", { to }).then(free, free); // A refusal has given its notice.
  };
  const slot = room.slots.find(({ id }) => id === playback.slot);
  return h(
    "div",
    { class: "playback-controls", role: "group", "aria-label": t("studio.playback") },
    h("p", { class: "slot-title" }, slot?.title ?? room.title),
    h("p", { class: "quiet" }, t("studio.playsToRoomText")),
    h("input", {
      type: "range",
      min: 0,
      max: playback.lengthMs,
      step: STEP,
      value: position,
      "aria-label": t("studio.position"),
      "aria-valuetext": t("studio.positionText", times),
      onInput: (/** @type {any} */ event) => setHeld(Number(event.target.value)),
      onChange: seek,
    }),
    h("p", { class: "playback-time" }, t("studio.positionText", times)),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        {
          type: "button",
          class: "primary",
          onClick: () => store.order(runs ? "playback.pause" : "playback.resume"),
        },
        t(runs ? "command.playback.pause" : "command.playback.resume"),
      ),
      h(
        "button",
        { type: "button", onClick: () => store.order("playback.stop") },
        t("command.playback.stop"),
      ),
    ),
  );
}
