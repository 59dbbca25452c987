// The record after the room: its seal, and texts as they should read.

/** @import { Merged, Room } from "../../types.d.ts" */
/** @typedef {{seq: number, text?: string, original?: string, corrected?: number}} Said */

/** @type {Record<string, (room: Room, event: Merged) => Partial<Room>>} */
export const ARCHIVE_CHANGES = {
  "archive.sealed": () => ({ state: "archived" }),
  "content.corrected": (room, { seq, data }) =>
    data.text === undefined ? {} : said(room, (one) => {
      if (one.seq !== data.seq || one.text === undefined) return one;
      return { ...one, original: one.original ?? one.text, text: data.text, corrected: seq };
    }),
};

/** Without a correction that was removed: it reads as it did. @param {Room} room @param {number} seq */
export function withoutCorrection(room, seq) {
  return said(
    room,
    (one) =>
      one.corrected === seq
        ? { ...one, text: one.original, original: undefined, corrected: undefined }
        : one,
  );
}

/** @param {Room} room @param {<T extends Said>(one: T) => T} change */
function said(room, change) {
  return {
    chat: room.chat.map(change),
    captions: room.captions.map(change),
    questions: room.questions.map((asked) => {
      const { answer } = asked;
      return change(answer ? { ...asked, answer: change(answer) } : asked);
    }),
  };
}
