// A message's text with those marked whom it calls by name.
import { h } from "../../vendor/preact.js";
import { namesKnown, pieces } from "./people.js";

/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, text: string, mentions: string[]}} props */
export function CalledText({ store, text, mentions }) {
  return pieces(text, mentions, namesKnown(store)).map((piece) =>
    piece.member === undefined
      ? piece.text
      : h("mark", { class: piece.member === store.you.member ? "call me" : "call" }, piece.text)
  );
}
