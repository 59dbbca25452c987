// One thing that was found: what it is, where it stands, and its words with the marks.
import { h } from "../vendor/preact.js";
import { dayAndTime, t } from "../app/i18n.js";
import { addressOf } from "./query.js";

/** @import { Hit } from "./query.js" */

/** @param {{hit: Hit}} props */
export function HitCard({ hit }) {
  const isTitle = hit.kind === "room";
  return h(
    "li",
    { class: "hit" },
    h(
      "p",
      { class: "hit-facts" },
      h("span", { class: "hit-kind" }, t(`search.kind.${hit.kind}`)),
      hit.group && h("span", null, t(`search.state.${hit.group}`)),
      h(When, { hit }),
      hit.page && h("span", null, t("search.page", { n: hit.page })),
    ),
    h("h3", null, h("a", { href: addressOf(hit) }, isTitle ? h(Marked, { hit }) : titleOf(hit))),
    !isTitle && h(
      "p",
      { class: "hit-text", lang: hit.language },
      hit.by && h("b", null, t("search.said", { name: hit.by })),
      h(Marked, { hit }),
    ),
  );
}

/** @param {{hit: Hit}} props */
function Marked({ hit }) {
  return hit.snippet.map(({ text, marked }, place) =>
    marked ? h("mark", { key: place }, text) : text
  );
}

/** When a room is held, or when it was said. @param {{hit: Hit}} props */
function When({ hit }) {
  const at = ["room", "slot", "slide"].includes(hit.kind) ? hit.startsAt : hit.at;
  if (at === undefined) return null;
  return h("time", { dateTime: new Date(at).toISOString() }, dayAndTime(at));
}

/** A line of a programme by its own title, anything else by its room's. @param {Hit} hit */
function titleOf(hit) {
  if (!hit.slotTitle) return hit.title;
  return hit.kind === "slot" ? hit.slotTitle : `${hit.title} · ${hit.slotTitle}`;
}
