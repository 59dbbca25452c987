// What is printed and signed by hand: sheets (评分表), blank or as given, and the summary (评分汇总表).
import { h } from "../../vendor/preact.js";
import { dayAndTime, t } from "../../app/i18n.js";
import { Dialog } from "../../components/dialog.js";
import { figure, scoredSlots } from "./marks.js";
import { award, placings } from "./placings.js";

/** @import { Attendant, Room, Slot } from "../../types.d.ts" */
/** @import { Judging, OpenedSheet } from "./types.d.ts" */

/** @param {{kind: string, room: Room, judging: Judging, judges: Attendant[], close: () => void}} props */
export function Paper({ kind, room, judging, judges, close }) {
  const pages = kind === "summary"
    ? [h(Summary, { room, judging })]
    : kind === "blank"
    ? judges.map((judge) =>
      h(JudgesSheet, { key: judge.member, room, judging, name: judge.name, sheets: [] })
    )
    : givenBy(judging).map(({ member, name, sheets }) =>
      h(JudgesSheet, { key: member, room, judging, name, sheets })
    );
  return h(
    Dialog,
    { title: t(`judging.paper.${kind}`), close },
    pages.length === 0 ? h("p", { class: "empty" }, t("judging.noJudges")) : [
      h(
        "p",
        { class: "actions no-print" },
        h(
          "button",
          { type: "button", class: "primary", onClick: () => print() },
          t("judging.print"),
        ),
      ),
      h(
        "div",
        { class: "papers", tabIndex: 0, role: "region", "aria-label": t(`judging.paper.${kind}`) },
        pages,
      ),
    ],
  );
}

/** Sheets by judge, in the order that judges gave their first. @param {Judging} judging */
function givenBy({ sheets }) {
  const members = [...new Set(sheets.map(({ member }) => member))];
  return members.map((member) => {
    const own = sheets.filter((sheet) => sheet.member === member);
    return { member, name: own[0]?.name ?? t("people.erased"), sheets: own };
  });
}

/** @param {{room: Room}} props */
function Head({ room }) {
  return h("p", { class: "paper-facts" }, `${room.title} · ${dayAndTime(room.startsAt)}`);
}

/** @param {{room: Room, judging: Judging, name: string, sheets: OpenedSheet[]}} props */
function JudgesSheet({ room, judging, name, sheets }) {
  const { criteria } = judging;
  /** @param {Slot} slot */
  const sheet = ({ id }) => sheets.find((one) => one.slot === id);
  return h(
    "article",
    { class: "paper" },
    h("h3", null, t("judging.paperSheet")),
    h(Head, { room }),
    h(
      "table",
      null,
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "col" }, t("judging.column.number")),
          h("th", { scope: "col" }, t("judging.column.project")),
          criteria.map((criterion, index) =>
            h(
              "th",
              { key: index, scope: "col" },
              `${criterion.name} ${t("judging.percent", { weight: criterion.weight })}`,
            )
          ),
          h("th", { scope: "col" }, t("judging.total")),
          h("th", { scope: "col" }, t("judging.comment")),
        ),
      ),
      h(
        "tbody",
        null,
        scoredSlots(room, judging).map((slot) =>
          h(
            "tr",
            { key: slot.id },
            h("td", null, String(room.slots.indexOf(slot) + 1)),
            h("th", { scope: "row" }, slot.title),
            criteria.map((_, index) =>
              h("td", { key: index }, sheet(slot) ? String(sheet(slot)?.marks[index] ?? "") : "")
            ),
            h("td", null, sheet(slot) ? figure(sheet(slot)?.total) : ""),
            h("td", { class: "paper-words" }, sheet(slot)?.comment ?? ""),
          )
        ),
      ),
    ),
    h(Lines, {
      lines: [
        t("judging.line.judge", { name }),
        t("judging.line.signature"),
        t("judging.line.date"),
      ],
    }),
  );
}

/** @param {{room: Room, judging: Judging}} props */
function Summary({ room, judging }) {
  const { criteria } = judging;
  return h(
    "article",
    { class: "paper" },
    h("h3", null, t("judging.paperSummary")),
    h(Head, { room }),
    placings(room, judging).map(({ group, rows }, index) =>
      h(
        "table",
        { key: index },
        group && h("caption", null, group.name),
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            ["place", "project", "organisation"].map((column) =>
              h("th", { key: column, scope: "col" }, t(`judging.column.${column}`))
            ),
            judging.detail !== "totals" &&
              criteria.map(({ name }, at) => h("th", { key: at, scope: "col" }, name)),
            ["sheets", "total", "note"].map((column) =>
              h("th", { key: column, scope: "col" }, t(`judging.column.${column}`))
            ),
          ),
        ),
        h(
          "tbody",
          null,
          rows.map(({ slot, score, rank }) =>
            h(
              "tr",
              { key: slot.id },
              h("td", null, rank === null ? "–" : String(rank)),
              h("th", { scope: "row" }, slot.title),
              h("td", null, slot.organisation ?? ""),
              judging.detail !== "totals" &&
                criteria.map((_, at) => h("td", { key: at }, figure(score.criteria[at]))),
              h(
                "td",
                null,
                t("judging.sheetsKept", { all: score.sheets, kept: score.sheets - score.trimmed }),
              ),
              h("td", null, h("strong", null, figure(score.total))),
              h("td", null, award(group, rank)),
            )
          ),
        ),
      )
    ),
    h("p", { class: "paper-facts" }, t(`judging.aggregation.${judging.aggregation}`)),
    h(Lines, {
      lines: ["chief", "counter", "supervisor", "date"].map((line) => t(`judging.line.${line}`)),
    }),
  );
}

/** Where people sign. @param {{lines: string[]}} props */
function Lines({ lines }) {
  return h(
    "p",
    { class: "sign-lines" },
    lines.map((line, index) => h("span", { key: index }, line)),
  );
}
