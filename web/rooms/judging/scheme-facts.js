// How the slots are judged, in words: criteria with their weights, panels, what is told and when.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Judging } from "./types.d.ts" */

/** @param {{room: Room, judging: Judging, open?: boolean}} props */
export function SchemeFacts({ room, judging, open = false }) {
  const { criteria, panels, aggregation, publication, after, detail, ties, groups } = judging;
  const first = ties.map((tie) => criteria[tie - 1]?.name).filter(Boolean).join(t("list.comma"));
  return h(
    "details",
    { class: "scheme", open },
    h("summary", null, t("judging.howJudged")),
    h(
      "table",
      { class: "weights" },
      h("caption", null, t("judging.criteria")),
      h(
        "tbody",
        null,
        criteria.map(({ name, weight, anchors }, index) =>
          h(
            "tr",
            { key: index },
            h("th", { scope: "row" }, name, anchors && h("span", { class: "quiet" }, anchors)),
            h("td", null, t("judging.percent", { weight })),
          )
        ),
      ),
    ),
    panels.length > 1 && h(
      "table",
      { class: "weights" },
      h("caption", null, t("judging.panels")),
      h(
        "tbody",
        null,
        panels.map(({ name, weight }, index) =>
          h(
            "tr",
            { key: index },
            h("th", { scope: "row" }, name),
            h("td", null, t("judging.percent", { weight })),
          )
        ),
      ),
    ),
    h(
      "ul",
      { class: "rules" },
      h("li", null, t(`judging.aggregation.${aggregation}`)),
      h("li", null, t(`judging.publication.${publication}`, { n: after ?? 0 })),
      h("li", null, t(`judging.detail.${detail}`)),
      h("li", null, first ? t("judging.tiesBy", { criteria: first }) : t("judging.tiesShared")),
      groups.map((group, index) =>
        h(
          "li",
          { key: index },
          t("judging.groupIs", { name: group.name, slots: titles(room, group.slots) }),
        )
      ),
    ),
  );
}

/** @param {Room} room @param {string[]} slots */
function titles(room, slots) {
  return room.slots.filter(({ id }) => slots.includes(id)).map(({ title }) => title)
    .join(t("list.comma"));
}
