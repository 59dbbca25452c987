// Where a replay comes from: the server, or the page itself where it was taken away.
import { ApiError, getJSON } from "../app/api.js";
import { part } from "../app/part.js";
import { merge } from "../rooms/merge.js";
import { fileAddress } from "../rooms/roadshow/slides.js";
import { linesOf, piecesOf } from "./log.js";
import { followRecordings } from "./recordings.js";

/** @import { Room, RoomEvent, SlidePage } from "../types.d.ts" */
/** @import { Judging } from "../rooms/judging/types.d.ts" */
/** @import { View } from "../vendor/preact.d.ts" */
/** @import { ReplayStore } from "./store.js" */
/** @import { Preparation, Track } from "./recordings.js" */
/**
 * @typedef {object} Source
 * @property {boolean} isOnline whether there is a room to go to
 * @property {() => Promise<AsyncIterable<string> | Iterable<string>>} lines of the log
 * @property {(store: ReplayStore) => Promise<boolean>} more takes what came since, and tells whether any did
 * @property {(store: ReplayStore, told: (tracks: Track[], is: Preparation) => void,
 *   stopped: () => boolean) => Promise<void>} recordings
 * @property {() => Promise<View<{room: Room, judging: Judging, alone: boolean}>>} results their view
 * @property {(page: SlidePage) => string} slide the address of a page image
 */

/** @param {string} room @returns {Source} */
export function serverSource(room) {
  return {
    isOnline: true,
    lines: () => openLog(room),
    more: (store) => takeMore(room, store),
    recordings: (_store, told, stopped) => followRecordings(room, told, stopped),
    results: async () =>
      (await part(import("../rooms/judging/results.js"), {
        catalogues: ["judging"],
        styles: ["judging"],
      })).Results,
    slide: ({ file }) => fileAddress(room, file),
  };
}

/** @param {string} room @returns {Promise<AsyncIterable<string>>} @throws {ApiError} */
async function openLog(room) {
  let response;
  try {
    response = await fetch(`/api/v1/rooms/${room}/log`, { cache: "no-store" });
  } catch {
    throw new ApiError({ status: 0, code: "client.no_connection", action: "wait" });
  }
  if (!response.ok || !response.body) {
    const { code = "client.bad_answer", action, data } = await response.json().catch(() => ({}));
    throw new ApiError({ status: response.status, code, action, data });
  }
  return linesOf(piecesOf(response.body));
}

/**
 * What happened since. An event has no word here of whom each part is for; what is told to this
 * reader alone changes nothing that a replay shows.
 * @param {string} room @param {ReplayStore} store
 */
async function takeMore(room, store) {
  let came = false;
  for (let after = store.newestSeq;;) {
    const { events, last } = await getJSON(
      `/api/v1/rooms/${room}/events?after=${after}&limit=500`,
    );
    for (const event of /** @type {RoomEvent[]} */ (events)) {
      store.take({ merged: merge(event), staff: false, inside: false, hidden: false });
      came = true;
    }
    if (last === null) break;
    after = last;
  }
  if (came) store.settle();
  return came;
}
