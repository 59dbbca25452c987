// What was told of the scores: places group by group, figures by criterion, sheets where they are told.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Affiliation } from "../../components/affiliation.js";
import { figure, scoredSlots } from "./marks.js";
import { award, placings } from "./placings.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Judging, OpenedSheet, SlotGroup } from "./types.d.ts" */
/** @import { Row } from "./placings.js" */

/** @param {{room: Room, judging: Judging, alone: boolean}} props `alone`: nothing else is shown */
export function Results({ room, judging, alone }) {
  if (judging.scores.length === 0) {
    return alone
      ? h(
        "p",
        { class: "empty" },
        t(`judging.notYet.${judging.publication}`, { n: judging.after ?? 0 }),
      )
      : null;
  }
  const left = scoredSlots(room, judging).length - judging.scores.length;
  return h(
    "section",
    { class: "results", "aria-labelledby": "results" },
    h("h2", { id: "results" }, t("judging.results")),
    left > 0 && h("p", { class: "quiet" }, t("judging.leftToTell", { n: left })),
    placings(room, judging).map(({ group, rows }, index) =>
      h(
        "div",
        { key: index },
        group && h("h3", null, group.name),
        h(
          "ol",
          { class: "ranking" },
          rows.map((row) => h(Placed, { key: row.slot.id, judging, group, row })),
        ),
      )
    ),
  );
}

/** @param {{judging: Judging, group: SlotGroup | null, row: Row}} props */
function Placed({ judging, group, row: { slot, score, rank } }) {
  const sheets = judging.sheets.filter((sheet) => sheet.slot === slot.id);
  const won = award(group, rank);
  return h(
    "li",
    { class: rank !== null && rank <= 3 ? "placed top" : "placed" },
    h(
      "p",
      { class: "placed-head" },
      h("span", { class: "rank-place" }, rank === null ? "–" : t("judging.place", { n: rank })),
      h("span", { class: "slot-title" }, slot.title),
      h("span", { class: "placed-total" }, figure(score.total)),
    ),
    won && h("p", { class: "won" }, won),
    h(
      "p",
      { class: "quiet" },
      [
        score.total === null
          ? t("judging.noSheets")
          : t("judging.sheetsCounted", { n: score.sheets }),
        score.trimmed > 0 && t("judging.trimmed", { n: score.trimmed }),
        score.recused > 0 && t("judging.recusedCount", { n: score.recused }),
      ].filter(Boolean).join(" · "),
    ),
    score.criteria.length > 0 && h(
      "ul",
      { class: "bars" },
      judging.criteria.map(({ name }, index) =>
        h(
          "li",
          { key: index },
          h("span", null, name),
          h("meter", {
            min: 0,
            max: 10_000,
            value: score.criteria[index] ?? 0,
            "aria-hidden": "true",
          }),
          h("span", { class: "bar-figure" }, figure(score.criteria[index])),
        )
      ),
    ),
    sheets.length > 0 && h(
      "details",
      null,
      h(
        "summary",
        { "aria-label": t("judging.sheetsOf", { title: slot.title }) },
        t("judging.sheets", { n: sheets.length }),
      ),
      h(
        "ul",
        { class: "opened" },
        sheets.map((sheet) => h(Opened, { key: sheet.member, judging, sheet })),
      ),
    ),
  );
}

/** @param {{judging: Judging, sheet: OpenedSheet}} props */
function Opened({ judging, sheet }) {
  const panel = judging.panels.length > 1 ? judging.panels[sheet.panel - 1]?.name : "";
  return h(
    "li",
    null,
    h(
      "p",
      { class: "placed-head" },
      h("strong", null, sheet.name || t("people.erased")),
      h(Affiliation, { of: sheet, apart: true }),
      h("span", { class: "placed-total" }, figure(sheet.total)),
    ),
    h(
      "p",
      { class: "quiet" },
      [
        panel,
        judging.criteria.map(({ name }, index) => `${name} ${sheet.marks[index] ?? "–"}`)
          .join(t("list.comma")),
        sheet.trimmed && t("judging.isTrimmed"),
        !sheet.all && t("judging.staffOnly"),
      ].filter(Boolean).join(" · "),
    ),
    sheet.comment && h("p", { class: "said-text" }, sheet.comment),
  );
}
