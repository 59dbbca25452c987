// The questions as they stood at a moment, with what was answered in writing by then.
import { h } from "../vendor/preact.js";
import { number, t } from "../app/i18n.js";
import { Affiliation } from "../components/affiliation.js";

/** @import { Question, Room } from "../types.d.ts" */

/** @param {{room: Room, linked: boolean}} props `linked`: pages of organisations can be gone to */
export function PastQuestions({ room, linked }) {
  const shown = room.questions.filter(({ mergedInto }) => mergedInto === undefined)
    .toSorted((one, other) => other.votes - one.votes || one.seq - other.seq);
  return h(
    "div",
    { class: "scroll", tabIndex: 0, role: "region", "aria-label": t("question.list") },
    shown.length === 0 && h("p", { class: "empty" }, t("replay.noQuestions")),
    h(
      "ol",
      { class: "questions" },
      shown.map((one) => h(PastQuestion, { key: one.id, one, linked })),
    ),
  );
}

/** @param {{one: Question, linked: boolean}} props */
function PastQuestion({ one, linked }) {
  const { answer } = one;
  return h(
    "li",
    { class: "replay-question" },
    h(
      "p",
      { class: "line-head" },
      h("strong", null, one.name ?? t(one.anonymous ? "question.anonymous" : "people.erased")),
      linked ? h(Affiliation, { of: one, apart: true }) : h("span", null, one.organisation),
      one.state !== "open" && h("span", { class: "mark" }, t(`question.state.${one.state}`)),
      h("span", { class: "quiet" }, t("replay.votes", { n: number(one.votes) })),
    ),
    h("p", { class: "said-text" }, one.removed ? t("replay.removed") : one.text),
    answer && h(
      "blockquote",
      { class: "answer" },
      answer.name && h("strong", null, answer.name),
      h("p", { class: "said-text" }, answer.removed ? t("replay.removed") : answer.text),
    ),
  );
}
