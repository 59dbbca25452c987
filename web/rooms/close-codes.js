// What a close code asks of the page (docs/protocol.md, close codes).

/** @typedef {"resume" | "restart" | "signed_out" | "failed"} Ending */

/** This page broke RFC 6455 or a limit: it would do so again. */
const BROKEN = new Set([1002, 1007, 1009]);

/** @param {number} code of the WebSocket's end @returns {Ending} */
export function ending(code) {
  if (code === 1012) return "restart";
  if (code === 4501) return "signed_out";
  if (BROKEN.has(code)) return "failed";
  if (code >= 4500 && code <= 4999) return "failed";
  return "resume"; // 1006, 1013, 4000-4499 and all others: come back with what is known.
}
