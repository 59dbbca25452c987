// The score of the project on stage, shown at once where that is how scores are told (现场亮分).
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { figure } from "./marks.js";

/** @import { Judging, SlotScore } from "./types.d.ts" */

/** @param {{judging: Judging, score: SlotScore}} props */
export function StageScore({ judging, score }) {
  const rank = judging.ranks.find(({ slot }) => slot === score.slot)?.rank;
  return h(
    "p",
    { class: "stage-score", role: "status" },
    h("span", null, t("judging.total")),
    h("strong", null, figure(score.total)),
    rank !== undefined && h("span", null, t("judging.placeNow", { n: rank })),
  );
}
