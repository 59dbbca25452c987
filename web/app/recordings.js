// The HTTP interface of recordings.
import { deleteAt, getJSON, postJSON, sendFile } from "./api.js";

/** @import { Recording, RecordingList } from "../types.d.ts" */

/** @param {string} room */
const base = (room) => `/api/v1/rooms/${room}/recordings`;

/** @param {string} room @returns {Promise<RecordingList>} */
export async function getRecordings(room) {
  return /** @type {RecordingList} */ (await getJSON(base(room)));
}

/** Begins to make one file of it. @param {string} room @param {string} id */
export function exportRecording(room, id) {
  return postJSON(`${base(room)}/${id}/export`, {});
}

/** @param {string} room @param {string} id */
export function removeRecording(room, id) {
  return deleteAt(`${base(room)}/${id}`);
}

/**
 * @param {string} room @param {string} slot @param {File} file
 * @param {(share: number) => void} progress 0...1 @param {AbortSignal} signal
 */
export function uploadRecording(room, slot, file, progress, signal) {
  return sendFile(`/api/v1/rooms/${room}/slots/${slot}/recordings`, file, progress, signal);
}

/** @param {string} room @param {string} id */
export function recordingAddress(room, id) {
  return `${base(room)}/${id}.webm`;
}

/** @param {string} room @param {string} id */
export function captionsAddress(room, id) {
  return `/api/v1/rooms/${room}/captions.vtt?recording=${id}`;
}

/** A file's name when it is kept. @param {Recording} recording */
export function fileName({ recording, kind }) {
  return `luyan-${kind}-${recording}.webm`;
}
