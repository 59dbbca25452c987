// A fact of a list of facts: its name, and what it is.
import { h } from "../vendor/preact.js";

/** @param {string} term @param {string} text */
export function fact(term, text) {
  return h("div", { key: term }, h("dt", null, term), h("dd", null, text));
}
