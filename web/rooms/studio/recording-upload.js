// A recording that was made elsewhere: one WebM file, with progress, and reasons that say what to do.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { ApiError } from "../../app/api.js";
import { errorText, t } from "../../app/i18n.js";
import { uploadRecording } from "../../app/recordings.js";

/** @import { Slot } from "../../types.d.ts" */
/** @typedef {{is: "idle"} | {is: "sending", share: number} | {is: "done"}
 *   | {is: "failed", error: ApiError}} State */

/** @param {{room: string, slot: Slot, done: () => void}} props */
export function RecordingUpload({ room, slot, done }) {
  const [state, setState] = useState(/** @type {State} */ ({ is: "idle" }));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const way = useRef(/** @type {AbortController | null} */ (null));
  useEffect(() => () => way.current?.abort(), []);
  const sending = state.is === "sending";
  /** @param {any} event */
  const choose = async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    way.current = new AbortController();
    setState({ is: "sending", share: 0 });
    try {
      const progress = (/** @type {number} */ share) => setState({ is: "sending", share });
      await uploadRecording(room, slot.id, file, progress, way.current.signal);
      setState({ is: "done" });
      done();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setState(error.code === "client.cancelled" ? { is: "idle" } : { is: "failed", error });
    }
  };
  return h(
    "div",
    { class: "recording-upload" },
    h("p", { class: "quiet" }, t("studio.uploadText")),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        {
          type: "button",
          disabled: sending,
          "aria-label": t("run.commandFor", { command: t("studio.upload"), title: slot.title }),
          onClick: () => field.current?.click(),
        },
        t("studio.upload"),
      ),
      sending &&
        h("button", { type: "button", onClick: () => way.current?.abort() }, t("studio.cancel")),
    ),
    h("input", {
      ref: field,
      type: "file",
      hidden: true,
      accept: ".webm,video/webm",
      onChange: choose,
    }),
    sending && h(Progress, { share: state.share }),
    state.is === "done" && h("p", { role: "status" }, t("studio.uploaded")),
    state.is === "failed" &&
      h("p", { class: "problem", role: "alert" }, uploadProblem(state.error)),
  );
}

/** @param {{share: number}} props */
function Progress({ share }) {
  const percent = Math.round(share * 100);
  // The server reads the file through before it answers.
  const text = share >= 1 ? t("studio.checking") : t("studio.uploading", { percent });
  return h(
    "p",
    { class: "progress" },
    h("progress", { max: 100, value: share >= 1 ? undefined : percent, "aria-label": text }),
    text,
  );
}

/** @param {ApiError} error */
function uploadProblem(error) {
  return error.code === "recording.unreadable" ? t("studio.unreadable") : errorText(error);
}
