// For one of a presenter's own slots: rehearse, bring a recording, and what there is of it so far.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { useObservable } from "../../app/observable.js";
import { RecordingRows } from "./recording-rows.js";
import { RecordingUpload } from "./recording-upload.js";
import { useRecordings } from "./recordings-keeper.js";
import { Rehearsal } from "./rehearsal.js";
import { LoadProblem } from "../../components/load-problem.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { MediaSession } from "../media/session.js" */
/** @import { RoomStore } from "../store.js" */
/** @import { RecordingsKeeper } from "./recordings-keeper.js" */

/** @param {{store: RoomStore, room: Room, id: string, slot: Slot, media: MediaSession}} props */
export function PresenterStudio({ store, room, id, slot, media }) {
  useObservable(media);
  const keeper = useRecordings(store, id);
  const reload = () => keeper.load();
  return h(
    "div",
    { class: "presenter-studio" },
    h(
      "section",
      null,
      h("h4", null, t("studio.rehearsal")),
      h(Rehearsal, { room: id, slot, media, ended: reload }),
    ),
    h(
      "section",
      null,
      h("h4", null, t("studio.ownUpload")),
      h(RecordingUpload, { room: id, slot, done: reload }),
    ),
    h(
      "section",
      { class: "own-recordings" },
      h("h4", null, t("studio.ownRecordings")),
      h(Own, { store, room, id, slot, keeper }),
    ),
  );
}

/** @param {{store: RoomStore, room: Room, id: string, slot: Slot, keeper: RecordingsKeeper}} props */
function Own({ store, room, id, slot, keeper }) {
  const { state } = keeper;
  if (state.is === "loading") return h("p", { class: "quiet" }, t("common.loading"));
  if (state.is === "failed") {
    return h(LoadProblem, { error: state.error, again: () => keeper.load(), small: true });
  }
  const own = state.recordings.filter((one) => one.slot === slot.id);
  if (own.length === 0) return h("p", { class: "quiet" }, t("studio.ownEmpty"));
  return h(RecordingRows, { store, room, id, keeper, recordings: own });
}
