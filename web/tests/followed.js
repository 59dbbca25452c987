// What tests of following a room have alike: the golden cases that Tests/ServerTests writes.
import { readFile } from "node:fs/promises";

/** @import { Room } from "../types.d.ts" */

const golden = new URL("../../Tests/ServerTests/Golden/following.json", import.meta.url);

/** @returns {Promise<any[]>} */
export async function followed() {
  return JSON.parse(await readFile(golden, "utf8"));
}

/** Without what says nothing: members that are undefined. @param {Room | null} room */
export function plain(room) {
  // The number of the last event may be that of one which this reader was not told of.
  const { polls, ...rest } = JSON.parse(JSON.stringify(room));
  // How an open poll stands comes by signals, which no event tells.
  const open = { voters: 0, counts: null };
  return {
    ...rest,
    polls: polls.map((/** @type {any} */ one) => one.state === "open" ? { ...one, ...open } : one),
    seq: 0,
  };
}
