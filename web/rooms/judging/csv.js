// Scores as a table for spreadsheets (RFC 4180): what was told, a line a slot, then a line a sheet.
import { t } from "../../app/i18n.js";
import { saveFile } from "../../components/save-file.js";
import { figure } from "./marks.js";
import { award, placings } from "./placings.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Judging } from "./types.d.ts" */

/** @param {Room} room @param {Judging} judging @returns {string[][]} */
export function scoreTable(room, judging) {
  const names = judging.criteria.map(({ name }) => name);
  const head = [
    "group",
    "place",
    "project",
    "presenters",
    "organisation",
    "judge",
    "panel",
    "total",
  ]
    .map((column) => t(`judging.column.${column}`));
  const lines = placings(room, judging).flatMap(({ group, rows }) =>
    rows.flatMap(({ slot, score, rank }) => {
      const place = rank === null ? "" : String(rank);
      const about = [
        group?.name ?? "",
        place,
        slot.title,
        slot.presenters ?? "",
        slot.organisation ?? "",
      ];
      const told = score.criteria.length > 0 ? score.criteria.map(figure) : names.map(() => "");
      const sheets = judging.sheets.filter((sheet) => sheet.slot === slot.id).map((sheet) => [
        ...about,
        sheet.name ?? t("people.erased"),
        judging.panels[sheet.panel - 1]?.name ?? "",
        figure(sheet.total),
        ...sheet.marks.map(String),
        String(sheet.trimmed ? t("judging.isTrimmed") : ""),
        sheet.comment ?? "",
      ]);
      const sum = [
        ...about,
        t("judging.allJudges"),
        "",
        figure(score.total),
        ...told,
        award(group, rank),
        "",
      ];
      return [sum, ...sheets];
    })
  );
  return [[...head, ...names, t("judging.column.note"), t("judging.comment")], ...lines];
}

/** @param {string[][]} rows */
export function csvText(rows) {
  // The mark tells spreadsheets that it is UTF-8.
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** A cell that no spreadsheet takes for a formula. @param {string} text */
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {string} name @param {string[][]} rows */
export function downloadTable(name, rows) {
  saveFile(new Blob([csvText(rows)], { type: "text/csv" }), name);
}
