// The moderator's form for a poll; what is typed outlives the panel, which another tab takes away.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { FormProblem, LineField, marks } from "../../components/fields.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { PollKind } from "./types.d.ts" */
/** @import { Problem } from "../../components/fields.js" */
/** @import { RoomStore } from "../store.js" */
/** @typedef {{kind: PollKind, question: string, options: string[], slot: string, results: "live" | "closed", registered: boolean, changeable: boolean}} Draft */

/** @type {PollKind[]} */
const KINDS = ["single", "multiple", "rating", "yes_no"];
const LEAST = 2;
const MOST = 10;
const QUESTION = 200; // characters, as the room's rules allow
const OPTION = 100;
const DRAFT = "poll";

/** @param {RoomStore} store @param {Room} room @returns {Draft} */
function kept(store, room) {
  const draft = store.drafts[DRAFT];
  return draft ? JSON.parse(draft) : {
    kind: "single",
    question: "",
    options: ["", ""],
    slot: room.stage ?? "",
    results: "live",
    registered: false,
    changeable: true,
  };
}

/** @param {{store: RoomStore, room: Room}} props */
export function PollForm({ store, room }) {
  const [draft, setDraft] = useState(() => kept(store, room));
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  /** @param {Partial<Draft>} change */
  const edit = (change) => {
    const next = { ...draft, ...change };
    setDraft(next);
    store.drafts = { ...store.drafts, [DRAFT]: JSON.stringify(next) };
  };
  const listed = draft.kind === "single" || draft.kind === "multiple";
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const wrong = faultOf(draft, listed);
    setProblem(wrong);
    if (wrong) return;
    const { kind, question, slot, results, registered, changeable } = draft;
    try {
      await store.send("poll.open", {
        kind,
        question: question.trim(),
        ...(listed ? { options: draft.options.map((option) => option.trim()) } : {}),
        ...(slot === "" ? {} : { slot }),
        results,
        registered,
        changeable,
      });
      const { [DRAFT]: _, ...rest } = store.drafts;
      store.drafts = rest;
    } catch {
      // The notice has been given; the form stays to be mended.
    }
  };
  return h(
    "details",
    { class: "poll-new", open: draft.question !== "" || room.polls.length === 0 },
    h("summary", null, t("polls.new")),
    h(
      "form",
      { class: "poll-form", onSubmit: submit, noValidate: true },
      h(
        "fieldset",
        { class: "poll-kinds" },
        h("legend", null, t("polls.kind")),
        KINDS.map((kind) =>
          h(
            "label",
            { key: kind, class: "choice" },
            h("input", {
              type: "radio",
              name: "poll-kind",
              value: kind,
              checked: draft.kind === kind,
              onChange: () => edit({ kind }),
            }),
            h("span", null, t(`polls.kind.${kind}`)),
          )
        ),
      ),
      h(LineField, {
        name: "poll-question",
        label: t("polls.question"),
        value: draft.question,
        edit: (question) => edit({ question }),
        problem,
        more: { maxLength: QUESTION, autoComplete: "off" },
      }),
      listed && h(OptionFields, { draft, edit, problem }),
      h(Settings, { room, draft, edit }),
      h(FormProblem, { problem }),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", class: "primary" }, t("polls.start")),
      ),
    ),
  );
}

/** What is wrong, and at which field. @param {Draft} draft @param {boolean} listed @returns {Problem} */
function faultOf(draft, listed) {
  if (draft.question.trim() === "") return { field: "poll-question", text: t("polls.noQuestion") };
  if (!listed) return null;
  const words = draft.options.map((option) => option.trim());
  const empty = words.indexOf("");
  if (empty >= 0) return { field: `poll-option-${empty}`, text: t("polls.noOption") };
  const twice = words.findIndex((word, place) => words.indexOf(word) !== place);
  return twice < 0 ? null : { field: `poll-option-${twice}`, text: t("polls.sameOption") };
}

/** @param {{draft: Draft, edit: (change: Partial<Draft>) => void, problem: Problem}} props */
function OptionFields({ draft, edit, problem }) {
  const { options } = draft;
  /** @param {number} place @param {string} value */
  const change = (place, value) =>
    edit({ options: options.map((one, index) => index === place ? value : one) });
  const add = () => {
    edit({ options: [...options, ""] });
    requestAnimationFrame(() => document.getElementById(`poll-option-${options.length}`)?.focus());
  };
  return h(
    "fieldset",
    { class: "poll-options" },
    h("legend", null, t("polls.options")),
    options.map((option, place) =>
      h(
        "p",
        { key: place, class: "poll-option" },
        h("input", {
          id: `poll-option-${place}`,
          name: `poll-option-${place}`,
          "aria-label": t("polls.option", { n: place + 1 }),
          placeholder: t("polls.option", { n: place + 1 }),
          value: option,
          maxLength: OPTION,
          autoComplete: "off",
          ...marks(problem, `poll-option-${place}`),
          onInput: (/** @type {any} */ event) => change(place, event.target.value),
        }),
        options.length > LEAST && h(
          "button",
          {
            type: "button",
            class: "plain small",
            "aria-label": t("polls.dropOption", { n: place + 1 }),
            onClick: () => edit({ options: options.filter((_, index) => index !== place) }),
          },
          "×",
        ),
      )
    ),
    options.length < MOST &&
      h("button", { type: "button", class: "small", onClick: add }, t("polls.addOption")),
  );
}

/** @param {{room: Room, draft: Draft, edit: (change: Partial<Draft>) => void}} props */
function Settings({ room, draft, edit }) {
  return [
    h(
      "label",
      { class: "field" },
      h("span", null, t("polls.about")),
      h(
        "select",
        {
          value: draft.slot,
          onChange: (/** @type {any} */ event) => edit({ slot: event.target.value }),
        },
        h("option", { value: "" }, t("polls.aboutNone")),
        room.slots.map(({ id, title }, place) =>
          h("option", { key: id, value: id }, `${place + 1}. ${title}`)
        ),
      ),
    ),
    h(
      "label",
      { class: "field" },
      h("span", null, t("polls.results")),
      h(
        "select",
        {
          value: draft.results,
          onChange: (/** @type {any} */ event) => edit({ results: event.target.value }),
        },
        h("option", { value: "live" }, t("polls.resultsLive")),
        h("option", { value: "closed" }, t("polls.resultsClosed")),
      ),
    ),
    /** @type {const} */ (["changeable", "registered"]).map((name) =>
      h(
        "label",
        { key: name, class: "choice" },
        h("input", {
          type: "checkbox",
          checked: draft[name],
          onChange: (/** @type {any} */ event) => edit({ [name]: event.target.checked }),
        }),
        h("span", null, t(`polls.set.${name}`)),
      )
    ),
  ];
}
