// What an event is: its title and place, and its rooms in the order of the programme.
import { h, useRef, useState } from "../vendor/preact.js";
import { ApiError } from "../app/api.js";
import { dayAndTime, errorText, LANGUAGES, t, texts } from "../app/i18n.js";
import { FormProblem, LineField } from "../components/fields.js";
import { moved } from "../rooms/plan/agenda-rows.js";
import { useRowFocus } from "../rooms/plan/row-focus.js";

/** @import { Fields } from "../types.d.ts" */
/** @import { Problem } from "../components/fields.js" */
/** @import { EventShown } from "./types.d.ts" */
/** @typedef {{room: string, title: string, startsAt: number, hall: string}} Row */

/**
 * @param {object} props
 * @param {string} props.title
 * @param {string} props.action the button's text
 * @param {EventShown} [props.before]
 * @param {(body: Fields) => Promise<Fields>} props.submit
 * @param {(made: Fields) => void} props.done
 * @param {() => void} [props.cancel]
 */
export function EventForm({ title, action, before, submit, done, cancel }) {
  const [form, setForm] = useState(() => ({
    title: before?.title ?? "",
    venue: before?.venue ?? "",
    introduction: before?.introduction ?? "",
    language: before?.language ?? texts.language,
  }));
  const [rows, setRows] = useState(() => (before?.rooms ?? []).map(rowOf));
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);

  /** @param {"title" | "venue" | "introduction" | "language"} field */
  const edit = (field) => (/** @type {string} */ value) => setForm({ ...form, [field]: value });
  /** @param {Event} event */
  const send = async (event) => {
    event.preventDefault();
    if (form.title.trim() === "") {
      return setProblem({ field: "title", text: t("event.needTitle") });
    }
    setBusy(true);
    setProblem(null);
    try {
      done(
        await submit({
          ...form,
          ...(before ? { rooms: rows.map(({ room, hall }) => ({ room, hall })) } : {}),
        }),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem({ field: error.data.field ?? "", text: errorText(error) });
      setBusy(false);
    }
  };
  return h(
    "form",
    { class: "plan", onSubmit: send, noValidate: true },
    h("h1", null, title),
    h("p", { class: "lead" }, t("event.formWhy")),
    h(LineField, {
      name: "title",
      label: t("event.titleField"),
      value: form.title,
      edit: edit("title"),
      problem,
      more: { required: true, maxLength: 200 },
    }),
    h(
      "div",
      { class: "pair" },
      h(LineField, {
        name: "venue",
        label: t("event.venueField"),
        value: form.venue,
        edit: edit("venue"),
        problem,
        more: { maxLength: 200 },
      }),
      h(
        "label",
        { class: "field" },
        h("span", null, t("event.languageField")),
        h(
          "select",
          {
            name: "language",
            value: form.language,
            onChange: (/** @type {any} */ event) => edit("language")(event.target.value),
          },
          Object.entries(LANGUAGES).map(([id, name]) =>
            h("option", { value: id, key: id, lang: id }, name)
          ),
        ),
      ),
    ),
    h(
      "label",
      { class: "field" },
      h("span", null, t("event.introductionField")),
      h("textarea", {
        name: "introduction",
        rows: 5,
        maxLength: 4_000,
        value: form.introduction,
        onInput: (/** @type {any} */ event) => edit("introduction")(event.target.value),
      }),
    ),
    before && h(Rooms, { event: before, rows, change: setRows }),
    h(FormProblem, { problem }),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: busy }, action),
      cancel && h("button", { type: "button", onClick: cancel }, t("common.back")),
    ),
  );
}

/** @param {{room: string, title: string, startsAt: number, hall?: string | null}} room @returns {Row} */
function rowOf({ room, title, startsAt, hall }) {
  return { room, title, startsAt, hall: hall ?? "" };
}

/** @param {{event: EventShown, rows: Row[], change: (rows: Row[]) => void}} props */
function Rooms({ event, rows, change }) {
  // What was taken out can be put back in.
  const left = [...event.rooms, ...event.candidates ?? []].filter(({ room }) =>
    rows.every((row) => row.room !== room)
  );
  /** @param {number} index @param {Partial<Row>} to */
  const set = (index, to) => change(rows.with(index, { ...rows[index], ...to }));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const focusNext = useRowFocus(list);
  /** @param {number} from @param {-1 | 1} by */
  const move = (from, by) => {
    const to = from + by;
    change(moved(rows, from, to));
    const atEdge = to === 0 || to === rows.length - 1;
    focusNext(rows[from].room, (by < 0) === atEdge ? "down" : "up");
  };
  return h(
    "section",
    { class: "hall-rows", "aria-labelledby": "halls" },
    h("h2", { id: "halls" }, t("event.halls")),
    rows.length === 0 && h("p", { class: "empty" }, t("event.noHalls")),
    h(
      "ol",
      { ref: list },
      rows.map((row, index) =>
        h(
          "li",
          { key: row.room, "data-row": row.room },
          h(
            "label",
            { class: "field" },
            h("span", null, t("event.hallField")),
            h("input", {
              value: row.hall,
              maxLength: 200,
              list: "hall-names",
              placeholder: t(index === 0 ? "event.mainHall" : "event.parallelHall", { n: index }),
              "aria-label": t("event.hallOf", { title: row.title }),
              onInput: (/** @type {any} */ event) => set(index, { hall: event.target.value }),
            }),
          ),
          h(
            "p",
            { class: "hall-room" },
            h("strong", null, row.title),
            h("span", { class: "quiet" }, dayAndTime(row.startsAt)),
          ),
          h(
            "p",
            { class: "row-acts" },
            shift(row.title, -1, index === 0, () => move(index, -1)),
            shift(row.title, 1, index === rows.length - 1, () => move(index, 1)),
            h(
              "button",
              {
                type: "button",
                class: "small",
                "aria-label": t("event.takeOutOf", { title: row.title }),
                onClick: () => change(rows.toSpliced(index, 1)),
              },
              t("event.takeOut"),
            ),
          ),
        )
      ),
    ),
    h(
      "datalist",
      { id: "hall-names" },
      [t("event.mainHall"), ...[1, 2, 3, 4].map((n) => t("event.parallelHall", { n }))].map((
        name,
      ) => h("option", { key: name, value: name })),
    ),
    left.length > 0 && h(
      "label",
      { class: "field" },
      h("span", null, t("event.addRoom")),
      h(
        "select",
        {
          name: "add",
          value: "",
          onChange: (/** @type {any} */ event) => {
            const chosen = left.find(({ room }) => room === event.target.value);
            if (chosen) change([...rows, rowOf(chosen)]);
          },
        },
        h("option", { value: "" }, t("event.chooseRoom")),
        left.map(({ room, title, startsAt }) =>
          h("option", { key: room, value: room }, `${title} · ${dayAndTime(startsAt)}`)
        ),
      ),
    ),
  );
}

/** @param {string} title @param {-1 | 1} by @param {boolean} disabled @param {() => void} run */
function shift(title, by, disabled, run) {
  return h(
    "button",
    {
      type: "button",
      class: "small",
      "data-act": by < 0 ? "up" : "down",
      disabled,
      "aria-label": t(by < 0 ? "event.upOf" : "event.downOf", { title }),
      onClick: run,
    },
    by < 0 ? "↑" : "↓",
  );
}
