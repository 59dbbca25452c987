// What a close code asks of the page (docs/protocol.md, close codes).

/** @typedef {"resume" | "restart" | "signed_out" | "failed"} Ending */

/** @param {number} code of the WebSocket's end @returns {Ending} */
export function ending(code) {
  if (code === 1012) return "restart";
  if (code === 4501) return "signed_out";
  if (code >= 4500 && code <= 4999) return "failed";
  return "resume"; // 1006, 1013, 4000-4499 and all others: come back with what is known.
}
