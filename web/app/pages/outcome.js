// What a room came to, ready to print (一键简报): results, questions, who was there, how to verify it.
import { h, useEffect } from "../../vendor/preact.js";
import { useAnswer } from "../answer.js";
import { dayAndTime, number, t, texts } from "../i18n.js";
import { PendingCard } from "../../components/state-card.js";
import { fact } from "../../components/fact.js";
import { SiteHeader } from "../../components/site-header.js";
import { RegionName } from "../../components/region-select.js";
import { QrCode } from "../../components/qr-code.js";
import { figure, isScored } from "../../rooms/judging/marks.js";
import { award, placings } from "../../rooms/judging/placings.js";
import { optionLabel } from "../../rooms/polls/tally.js";
import { standing } from "../../rooms/lifecycle.js";

/** @import { Fields } from "../../types.d.ts" */

/** Why there is none, by the refusal's code. @type {Record<string, string>} */
const FINAL = {
  "room.wrong_state": "early",
  "not_permitted": "kept",
  "not_admitted": "membersOnly",
};

/** @param {{room: string}} props */
export function OutcomePage({ room: id }) {
  const [state, load] = useAnswer(`/api/v1/rooms/${id}/outcome`);
  const title = state.is === "shown" ? state.answer.title : "";
  useEffect(() => {
    document.title = title ? t("outcome.title", { title }) : t("outcome.page");
  }, [title, texts.language]);
  const room = { href: `/r/${id}`, text: t("outcome.room") };
  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page outcome", tabIndex: -1 },
      state.is === "shown" ? h(Report, { id, outcome: state.answer }) : h(PendingCard, {
        state,
        heading: true,
        failed: t("outcome.failed"),
        load,
        link: room,
        final: ({ code }) => {
          const why = FINAL[code];
          return why !== undefined &&
            { title: t(`outcome.${why}`), text: t(`outcome.${why}Text`), link: room };
        },
      }),
    ),
  ];
}

/** @param {{id: string, outcome: Fields}} props */
function Report({ id, outcome }) {
  const { title, startsAt, slots, judging, attendance, members, questions } = outcome;
  const base = `/api/v1/rooms/${id}`;
  const place = `lang=${texts.language}&offset=${-new Date().getTimezoneOffset()}`;
  const asked = questions.length;
  const answered = questions.filter((/** @type {Fields} */ one) => one.state === "answered").length;
  return [
    h(
      "header",
      { class: "report-head" },
      h("p", { class: "report-kicker" }, t("outcome.report")),
      h("h1", null, title),
      h(
        "p",
        { class: "quiet" },
        [startsAt && dayAndTime(startsAt), t(`room.state.${outcome.state}`)].filter(Boolean).join(
          " · ",
        ),
      ),
    ),
    h(
      "p",
      { class: "actions no-print" },
      h("button", { type: "button", class: "primary", onClick: () => print() }, t("outcome.print")),
      h(
        "a",
        { class: "button", href: `${base}/outcome?format=md&${place}`, download: true },
        t("outcome.markdown"),
      ),
      h(
        "a",
        { class: "button", href: `${base}/outcome?format=csv&${place}`, download: true },
        t("outcome.table"),
      ),
      h(
        "a",
        { class: "button", href: `${base}/outcome`, download: `luyan-${id}-outcome.json` },
        "JSON",
      ),
      h("a", { class: "button", href: `/r/${id}/replay` }, t("outcome.replay")),
      h("a", { class: "button", href: `/r/${id}` }, t("outcome.room")),
    ),
    h(
      "dl",
      { class: "report-figures" },
      counted(t("outcome.projects"), slots.length),
      counted(t("outcome.members"), members),
      outcome.onSite > 0 && counted(t("outcome.inHall"), outcome.onSite),
      outcome.peak && counted(t("outcome.peak"), outcome.peak.here),
      counted(t("outcome.questions"), asked),
      counted(t("outcome.answered"), answered),
    ),
    judging && h(Results, { outcome }),
    h(Projects, { id, outcome }),
    h(
      "section",
      { "aria-labelledby": "attendance" },
      h("h2", { id: "attendance" }, t("outcome.attendance")),
      outcome.peak && h(
        "p",
        { class: "quiet" },
        t("outcome.peakAt", {
          n: number(outcome.peak.here),
          time: dayAndTime(outcome.peak.at),
        }),
      ),
      members === 0 ? h("p", { class: "quiet" }, t("outcome.nobody")) : h(
        "ul",
        { class: "report-kinds" },
        attendance.map((/** @type {Fields} */ { kind, members: count, onSite }) =>
          h(
            "li",
            { key: kind ?? "" },
            h("span", null, kind === null ? t("outcome.noKind") : t(`kind.${kind}`)),
            h("meter", { min: 0, max: members, value: count, "aria-hidden": "true" }),
            h("strong", null, number(count)),
            outcome.onSite > 0 && h("span", { class: "quiet" }, t("outcome.onSite", { n: onSite })),
          )
        ),
      ),
    ),
    outcome.regions.length > 0 && h(RegionsOf, { outcome }),
    h(Questions, { outcome }),
    outcome.polls.length > 0 && h(Polls, { outcome }),
    h(Proof, { id, outcome }),
  ];
}

/** @param {string} term @param {number} count */
function counted(term, count) {
  return fact(term, number(count));
}

/** @param {{outcome: Fields}} props */
function Results({ outcome }) {
  const { judging } = outcome;
  const found = placings(/** @type {any} */ (outcome), judging);
  const told = judging.scores.length > 0;
  return h(
    "section",
    { "aria-labelledby": "results" },
    h("h2", { id: "results" }, t("outcome.results")),
    !told && h("p", { class: "quiet" }, t("outcome.untold")),
    told && found.map(({ group, rows }, index) =>
      h(
        "div",
        {
          key: index,
          class: "wide-table",
          tabIndex: 0,
          role: "region",
          "aria-label": group?.name ?? t("outcome.scores"),
        },
        h(
          "table",
          { class: "report-table" },
          group && h("caption", null, group.name),
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              h("th", { scope: "col" }, t("outcome.place")),
              h("th", { scope: "col" }, t("outcome.project")),
              judging.detail !== "totals" &&
                judging.criteria.map((/** @type {Fields} */ { name }, /** @type {number} */ at) =>
                  h("th", { key: at, scope: "col", class: "figure" }, name)
                ),
              h("th", { scope: "col", class: "figure" }, t("outcome.total")),
              h("th", { scope: "col" }, t("outcome.award")),
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
                h(
                  "th",
                  { scope: "row" },
                  slot.title,
                  slot.organisation && h("span", { class: "quiet" }, slot.organisation),
                ),
                judging.detail !== "totals" &&
                  judging.criteria.map((/** @type {Fields} */ _, /** @type {number} */ at) =>
                    h("td", { key: at, class: "figure" }, figure(score.criteria[at]))
                  ),
                h("td", { class: "figure" }, h("strong", null, figure(score.total))),
                h("td", null, [award(group, rank), counting(score)].filter(Boolean).join(" · ")),
              )
            ),
          ),
        ),
      )
    ),
    told && h("p", { class: "quiet" }, t(`outcome.aggregation.${judging.aggregation}`)),
  );
}

/** What of a slot's sheets was not counted. @param {Fields} score */
function counting({ sheets, trimmed, recused }) {
  return [
    t("outcome.sheets", { n: sheets }),
    trimmed > 0 && t("outcome.trimmed", { n: trimmed }),
    recused > 0 && t("outcome.recused", { n: recused }),
  ].filter(Boolean).join(t("list.comma"));
}

/** Where those come from who belong to a verified organisation. @param {{outcome: Fields}} props */
function RegionsOf({ outcome }) {
  return h(
    "section",
    { "aria-labelledby": "regions" },
    h("h2", { id: "regions" }, t("outcome.regions")),
    h("p", { class: "quiet" }, t("outcome.regionsWhy")),
    h(
      "ul",
      { class: "report-kinds" },
      outcome.regions.map((/** @type {Fields} */ { region, members }) =>
        h(
          "li",
          { key: region },
          h(RegionName, { code: region }),
          h("meter", { min: 0, max: outcome.members, value: members, "aria-hidden": "true" }),
          h("strong", null, number(members)),
        )
      ),
    ),
  );
}

/** @param {{id: string, outcome: Fields}} props */
function Projects({ id, outcome }) {
  return h(
    "section",
    { "aria-labelledby": "projects" },
    h("h2", { id: "projects" }, t("outcome.projects")),
    h(
      "ol",
      { class: "report-projects" },
      outcome.slots.map((/** @type {Fields} */ slot) =>
        h(
          "li",
          { key: slot.id },
          slot.picture && h("img", {
            class: "report-still",
            src: `/api/v1/rooms/${id}/files/${slot.picture}`,
            alt: "",
            width: 192,
            height: 108,
          }),
          h("h3", null, slot.title),
          h(
            "p",
            { class: "quiet" },
            [slot.presenters, slot.organisation, slot.field].filter(Boolean).join(" · "),
          ),
          h(
            "p",
            { class: "quiet" },
            [
              t(`slot.state.${standing(/** @type {any} */ (outcome), /** @type {any} */ (slot))}`),
              t("outcome.askedOf", { asked: slot.asked, answered: slot.answered }),
              slot.intents > 0 && t("outcome.intents", { n: slot.intents }),
              slot.most !== null && t("outcome.most", { n: number(slot.most) }),
              outcome.judging && !isScored(outcome.judging, slot.id) && t("outcome.shown"),
            ].filter(Boolean).join(" · "),
          ),
        )
      ),
    ),
  );
}

/** @param {{outcome: Fields}} props */
function Questions({ outcome }) {
  const { questions, slots } = outcome;
  const shown = questions.filter((/** @type {Fields} */ { removed, state }) =>
    !removed && state !== "dismissed"
  );
  return h(
    "section",
    { "aria-labelledby": "asked" },
    h("h2", { id: "asked" }, t("outcome.questions")),
    shown.length === 0 ? h("p", { class: "quiet" }, t("outcome.noQuestions")) : h(
      "ul",
      { class: "report-questions" },
      shown.map((/** @type {Fields} */ question, /** @type {number} */ index) =>
        h(
          "li",
          { key: index },
          h("p", null, question.text),
          question.answer && h("p", null, t("outcome.answer", { text: question.answer })),
          h(
            "p",
            { class: "quiet" },
            [
              question.name,
              slots.find((/** @type {Fields} */ { id }) => id === question.slot)?.title,
              t("outcome.votes", { n: question.votes }),
              question.state !== "open" && t(`question.state.${question.state}`),
            ].filter(Boolean).join(" · "),
          ),
        )
      ),
    ),
  );
}

/** @param {{outcome: Fields}} props */
function Polls({ outcome }) {
  return h(
    "section",
    { "aria-labelledby": "polls" },
    h("h2", { id: "polls" }, t("outcome.polls")),
    outcome.polls.map((/** @type {Fields} */ poll, /** @type {number} */ index) =>
      h(
        "div",
        { key: index },
        h("h3", null, poll.question ?? t("outcome.removed")),
        h("p", { class: "quiet" }, t("outcome.voters", { n: poll.voters })),
        h(
          "ul",
          { class: "report-kinds" },
          poll.counts.map((/** @type {number} */ count, /** @type {number} */ place) =>
            h(
              "li",
              { key: place },
              h("span", null, optionLabel(/** @type {any} */ (poll), place + 1)),
              h("meter", {
                min: 0,
                max: Math.max(1, poll.voters),
                value: count,
                "aria-hidden": "true",
              }),
              h("strong", null, number(count)),
            )
          ),
        ),
      )
    ),
  );
}

/** How anybody checks it. @param {{id: string, outcome: Fields}} props */
function Proof({ id, outcome }) {
  const address = new URL(`/r/${id}?tab=about`, location.origin).href;
  return h(
    "section",
    { class: "report-proof", "aria-labelledby": "proof" },
    h(QrCode, { text: address, label: t("outcome.proofCode") }),
    h(
      "div",
      null,
      h("h2", { id: "proof" }, t("outcome.proof")),
      h("p", null, t("outcome.proofText", { n: number(outcome.events) })),
      h("p", null, h("code", null, `luyan verify luyan-${id}.jsonl --key ${outcome.key}`)),
    ),
  );
}
