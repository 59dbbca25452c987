// What came back for a project of one's own: who is interested and how far, feedback, questions.
import { h } from "../../vendor/preact.js";
import { number, t } from "../../app/i18n.js";
import { countCodes } from "./feedback.js";
import { LADDERS, sideText, stepText } from "./ladder.js";
import { Lead } from "./lead.js";
import { fileAddress } from "../roadshow/slides.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Book, Intent, Side } from "./types.d.ts" */

/** @param {{store: RoomStore, room: Room, slot: Slot, book: Book}} props */
export function OwnProject({ store, room, slot, book }) {
  const { member } = store.you;
  const leads = book.intents.filter((one) => one.slot === slot.id && one.member !== member)
    .sort((one, other) => other.seq - one.seq);
  const standing = leads.filter(({ withdrawn }) => !withdrawn);
  const feedback = book.feedback.filter((one) => one.slot === slot.id && one.member !== member);
  const questions = room.questions.filter((one) => one.slot === slot.id && !one.removed)
    .sort((one, other) => other.votes - one.votes);
  return h(
    "section",
    { class: "own-project", "aria-label": slot.title },
    h("h2", null, slot.title),
    h(
      "dl",
      { class: "figures" },
      figure(t("intents.figure.intents"), standing.length),
      figure(t("intents.figure.feedback"), feedback.length),
      figure(t("intents.figure.questions"), questions.length),
      figure(t("intents.figure.here"), store.here),
    ),
    /** @type {const} */ (["investor", "enterprise"]).map((side) =>
      h(Steps, {
        key: side,
        side,
        leads: standing.filter((one) => one.side === side),
        subject: room.subject,
      })
    ),
    h("h3", null, t("intents.leads")),
    leads.length === 0 && h("p", { class: "empty" }, t("intents.noLeads")),
    leads.map((lead) => h(Lead, { key: lead.member, store, room, slot, book, lead })),
    h("h3", null, t("intents.feedbackGot")),
    feedback.length === 0 && h("p", { class: "quiet" }, t("intents.noFeedback")),
    feedback.length > 0 && h(
      "ul",
      { class: "feedback-codes" },
      countCodes(feedback).map(({ code, n }) =>
        h(
          "li",
          { key: code, class: "mark" },
          t("intents.codeCount", {
            code: t(`intents.code.${code}`),
            count: number(n),
          }),
        )
      ),
    ),
    feedback.filter(({ note }) => note).map((one) =>
      h(
        "blockquote",
        { key: one.member },
        h("p", { class: "said-text" }, one.note),
        h("footer", { class: "quiet" }, [one.name, one.organisation].filter(Boolean).join(" · ")),
      )
    ),
    h(FollowedSlides, { store, slot, book }),
    h("h3", null, t("intents.questions")),
    questions.length === 0 && h("p", { class: "quiet" }, t("intents.noQuestions")),
    h(
      "ol",
      { class: "own-questions" },
      questions.map((one) =>
        h(
          "li",
          { key: one.id },
          h("span", { class: "said-text" }, one.text),
          " ",
          one.state !== "open" &&
            h("span", { class: `mark ${one.state}` }, t(`question.state.${one.state}`)),
          " ",
          h(
            "span",
            { class: "quiet" },
            [one.name, t("intents.votes", { n: one.votes })].join(" · "),
          ),
        )
      ),
    ),
  );
}

/** Where viewers asked, turned back or went, by slide. */
/** @param {{store: RoomStore, slot: Slot, book: Book}} props */
function FollowedSlides({ store, slot, book }) {
  const pages = book.followed.find((one) => one.slot === slot.id)?.pages ?? [];
  return [
    h("h3", null, t("intents.slides")),
    h("p", { class: "quiet" }, t(pages.length > 0 ? "intents.slidesWhy" : "intents.noSlides")),
    pages.length > 0 && h(
      "table",
      { class: "funnel followed" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          ["page", "asked", "returned", "left"].map((key) =>
            h("th", { key, scope: "col" }, t(`intents.slide.${key}`))
          ),
        ),
      ),
      h(
        "tbody",
        null,
        pages.map(({ page, asked, returned, left }) => {
          const file = slot.pages[page - 1]?.file;
          return h(
            "tr",
            { key: page },
            h(
              "th",
              { scope: "row" },
              file && h("img", {
                src: fileAddress(store.id, file),
                alt: "",
                loading: "lazy",
                width: 96,
                height: 54,
              }),
              h("span", null, t("intents.slideNumber", { page })),
            ),
            [asked, returned, left].map((count, index) =>
              h("td", { key: index }, count > 0 ? number(count) : "–")
            ),
          );
        }),
      ),
    ),
  ];
}

/** @param {string} term @param {number} value */
function figure(term, value) {
  return h("div", null, h("dt", null, term), h("dd", null, number(value)));
}

/** How many took each step of a side's ladder: bars beside the same figures as text. */
/** @param {{side: Side, leads: Intent[], subject: Room["subject"]}} props */
function Steps({ side, leads, subject }) {
  if (leads.length === 0) return null;
  const counts = LADDERS[side].map((step, index) => ({
    step,
    n: leads.filter((one) => LADDERS[side].indexOf(one.step) >= index).length,
  }));
  return h(
    "table",
    { class: "funnel" },
    h("caption", null, sideText(side, subject)),
    h(
      "tbody",
      null,
      counts.map(({ step, n }) =>
        h(
          "tr",
          { key: step },
          h("th", { scope: "row" }, stepText(step, subject)),
          h("td", null, number(n)),
          h(
            "td",
            { class: "bar", "aria-hidden": "true" },
            h("progress", { max: leads.length, value: n, tabIndex: -1 }),
          ),
        )
      ),
    ),
  );
}
