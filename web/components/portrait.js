// A person's picture, or where there is none the first letter of their name.
import { h } from "../vendor/preact.js";

/** @param {{name: string, picture: string | null, alt?: string}} props `picture` is an address */
export function Portrait({ name, picture, alt = "" }) {
  if (picture) return h("img", { class: "portrait", src: picture, alt, width: 128, height: 128 });
  return h("span", { class: "portrait", "aria-hidden": "true" }, [...name.trim()][0] ?? "");
}
