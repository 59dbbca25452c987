// Recording the room: what it means, who of those on the air is in it, its time and its space.
import { h } from "../../vendor/preact.js";
import { byteCount, t } from "../../app/i18n.js";
import { useTick } from "../../app/observable.js";
import { notAgreed } from "./on-air.js";
import { RecordingRows } from "./recording-rows.js";
import { lengthText } from "../media/playback-time.js";
import { rateOf, spaceStanding } from "./times.js";
import { isOngoing } from "../lifecycle.js";
import { LoadProblem } from "../../components/load-problem.js";

/** @import { Recording, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { OnAir } from "./on-air.js" */
/** @import { RecordingsKeeper } from "./recordings-keeper.js" */

/** @param {{store: RoomStore, room: Room, id: string, people: OnAir[], keeper: RecordingsKeeper}} props */
export function RecordingBox({ store, room, id, people, keeper }) {
  const { recording } = room;
  const list = keeper.state.is === "shown" ? keeper.state.recordings : [];
  const running = list.find((one) => one.recording === recording?.id);
  return h(
    "div",
    { class: recording ? "block recording running" : "block recording" },
    h(
      "h2",
      null,
      t("studio.recording"),
      recording && h("span", { class: "state live" }, t("studio.recordingNow")),
      recording && h(Running, { store, since: recording.since }),
    ),
    isOngoing(room) && [
      h("p", { class: "quiet" }, t("studio.recordingText")),
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          {
            type: "button",
            class: recording ? "danger" : "primary",
            onClick: () => store.order(recording ? "recording.stop" : "recording.start"),
          },
          t(recording ? "command.recording.stop" : "command.recording.start"),
        ),
      ),
      h(Agreement, { people, consents: room.consents }),
    ],
    !recording && store.recordingEnd === "disk" &&
      h("p", { class: "warning", role: "alert" }, t("studio.stoppedByDisk")),
    h(Space, { keeper, running }),
    h(
      "details",
      null,
      h(
        "summary",
        null,
        t("studio.recordings"),
        list.length > 0 && h("span", { class: "quiet" }, ` ${list.length}`),
      ),
      h(RecordingList, { store, room, id, keeper }),
    ),
  );
}

/** @param {{store: RoomStore, since: number}} props */
function Running({ store, since }) {
  useTick(500);
  return h("span", { class: "running-time" }, lengthText(store.now() - since));
}

/** @param {{people: OnAir[], consents: string[]}} props */
function Agreement({ people, consents }) {
  const sending = people.filter(({ tracks }) => tracks.length > 0);
  if (sending.length === 0) return null;
  const missing = notAgreed(people, consents);
  if (missing.length === 0) return h("p", { class: "agreed" }, t("studio.allAgreed"));
  const names = missing.map(({ name }) => name || t("studio.somebody"))
    .join(t("list.comma"));
  return h("p", { class: "warning" }, t("studio.notAgreed", { names }));
}

/** @param {{keeper: RecordingsKeeper, running: Recording | undefined}} props */
function Space({ keeper, running }) {
  if (keeper.state.is !== "shown" || keeper.state.leftBytes === undefined) return null;
  const left = keeper.state.leftBytes;
  const standing = spaceStanding(left, running ? rateOf(running.bytes, running.lengthMs) : 0);
  if (standing.is === "plenty") {
    return h("p", { class: "quiet" }, t("studio.space", { size: byteCount(left) }));
  }
  const values = { size: byteCount(left), n: standing.is === "soon" ? standing.minutes : 0 };
  return h("p", { class: "warning", role: "alert" }, t(`studio.space.${standing.is}`, values));
}

/** @param {{store: RoomStore, room: Room, id: string, keeper: RecordingsKeeper}} props */
function RecordingList({ store, room, id, keeper }) {
  const { state } = keeper;
  if (state.is === "loading") return h("p", { class: "quiet" }, t("common.loading"));
  if (state.is === "failed") {
    return h(LoadProblem, { error: state.error, again: () => keeper.load(), small: true });
  }
  if (state.recordings.length === 0) {
    return h("p", { class: "quiet" }, t("studio.recordingsEmpty"));
  }
  return h(RecordingRows, { store, room, id, keeper, recordings: state.recordings });
}
