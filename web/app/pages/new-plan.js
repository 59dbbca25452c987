// The plan of a new room: title, start, language, agenda and door.
import { h, useRef, useState } from "../../vendor/preact.js";
import { ApiError, postJSON } from "../api.js";
import { errorText, LANGUAGES, t, texts } from "../i18n.js";
import { AgendaEditor } from "../../rooms/plan/agenda-editor.js";
import { AgendaImport, NOTHING } from "../../rooms/plan/agenda-import.js";
import { faultText } from "../../rooms/plan/agenda-row.js";
import {
  faultsOf,
  isEmpty,
  isTooLong,
  newRow,
  PRESETS,
  slotsOf,
} from "../../rooms/plan/agenda-rows.js";
import { commandPrefix } from "../../rooms/command-queue.js";
import { planOf } from "../../rooms/judging/scheme-draft.js";
import { eventAsked, PlaceField } from "./new-place.js";
import { DoorFields, doorForm, doorOf, OPEN_DOOR } from "./new-door.js";
import { JudgingFields, judgingForm } from "./new-judging.js";
import { faultOfRules, RulesFields, rulesForm, rulesOf, USUAL_RULES } from "./new-rules.js";
import { TemplateChoice } from "./new-template.js";

/** @import { AgendaRow } from "../../rooms/plan/agenda-rows.js" */
/** @import { SchemeDraft } from "../../rooms/judging/scheme-draft.js" */
/** @import { DoorForm } from "./new-door.js" */
/** @import { RulesForm } from "./new-rules.js" */
/** @import { Template } from "./new-template.js" */

/** @param {{created: (room: string) => void}} props */
export function PlanForm({ created }) {
  const [form, setForm] = useState(() => ({
    title: "",
    startsAt: nextHour(),
    language: /** @type {string} */ (texts.language),
  }));
  const [times, setTimes] = useState(PRESETS[0]);
  const [rows, setRows] = useState(() => [newRow(PRESETS[0])]);
  const [pasted, setPasted] = useState(NOTHING);
  const [door, setDoor] = useState(OPEN_DOOR);
  const [template, setTemplate] = useState(/** @type {Template | null} */ (null));
  const [rules, setRules] = useState(USUAL_RULES);
  const [judging, setJudging] = useState(/** @type {SchemeDraft | null} */ (null));
  // As a template filled it: nobody has changed it since.
  const filled = useRef(judging);
  const [event] = useState(eventAsked);
  const [hall, setHall] = useState("");
  const [problem, setProblem] = useState("");
  const [wasTried, setWasTried] = useState(false);
  // Sent again after a line that broke, it makes no second room.
  const [id] = useState(commandPrefix);
  const [busy, setBusy] = useState(false);
  const element = useRef(/** @type {HTMLElement | null} */ (null));
  const startsAt = new Date(form.startsAt).getTime();
  const faults = faultsOf(rows);

  /** @param {"title" | "startsAt" | "language"} field */
  const edit = (field) => (/** @type {any} */ event) => {
    const { value } = event.target;
    setForm({ ...form, [field]: value });
    if (field === "language" && template && judging === filled.current) {
      fillJudging(template, value);
    }
  };
  /** Fills the form, whose fields all stay as they are otherwise. @param {Template | null} chosen */
  const choose = (chosen) => {
    setTemplate(chosen);
    if (!chosen) return;
    const { pitchMinutes = PRESETS[0].pitchMinutes, qaMinutes = PRESETS[0].qaMinutes } = chosen;
    setTimes({ pitchMinutes, qaMinutes });
    setRows(rows.map((row) => ({ ...row, pitch: String(pitchMinutes), qa: String(qaMinutes) })));
    setDoor(doorForm(chosen.door, form.language));
    setRules(rulesForm(chosen.rules));
    fillJudging(chosen, form.language);
  };
  /** @param {Template} from @param {string} language */
  const fillJudging = (from, language) => {
    filled.current = judgingForm(from.judging, language);
    setJudging(filled.current);
  };
  /** @param {Event} submission */
  const submit = async (submission) => {
    submission.preventDefault();
    setWasTried(true);
    const wrong = problemOf({
      ...form,
      at: startsAt,
      rows,
      pasted: pasted.text,
      door,
      rules,
      judging,
    });
    if (wrong) {
      setProblem(wrong.text);
      const field = element.current?.querySelector(wrong.at);
      if (field instanceof HTMLElement) field.focus();
      return;
    }
    setBusy(true);
    try {
      const answer = await postJSON("/api/v1/rooms", {
        id,
        title: form.title.trim(),
        startsAt,
        language: form.language,
        ...(template ? { template: template.id } : {}),
        ...(event ? { event, hall } : {}),
        door: doorOf(door),
        rules: rulesOf(rules),
        judging: judging && planOf(judging, { slots: [] }).plan,
        slots: slotsOf(rows),
      });
      created(answer.room);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return h(
    "form",
    { class: "plan", onSubmit: submit, noValidate: true, ref: element },
    h("h1", null, t("new.title")),
    h(TemplateChoice, { chosen: template?.id ?? "", choose }),
    h(RoomFields, { form, edit }),
    event && h(PlaceField, { event, hall, change: setHall }),
    h(AgendaEditor, {
      rows,
      change: setRows,
      times,
      setTimes,
      startsAt,
      faults: wasTried ? faults : [],
    }),
    h(AgendaImport, {
      pasted,
      paste: setPasted,
      times,
      taken: rows.filter((row) => !isEmpty(row)).length,
      take: (slots) =>
        setRows([
          ...rows.filter((row) => !isEmpty(row)),
          ...slots.map((slot) => newRow(times, slot)),
        ]),
    }),
    h("h2", null, t("new.rules")),
    h(RulesFields, { rules, change: setRules }),
    h("h2", null, t("new.judging")),
    h(JudgingFields, { judging, change: setJudging }),
    h("h2", null, t("plan.doorTitle")),
    h(DoorFields, { door, change: setDoor }),
    problem && h("p", { class: "problem", role: "alert" }, problem),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: busy }, t("new.create")),
    ),
  );
}

/**
 * @param {object} props
 * @param {{title: string, startsAt: string, language: string}} props.form
 * @param {(field: "title" | "startsAt" | "language") => (event: Event) => void} props.edit
 */
function RoomFields({ form, edit }) {
  return [
    h(
      "label",
      { class: "field" },
      h("span", null, t("new.roomTitle")),
      h("input", {
        name: "title",
        value: form.title,
        required: true,
        maxLength: 200,
        onInput: edit("title"),
      }),
    ),
    h(
      "div",
      { class: "pair" },
      h(
        "label",
        { class: "field" },
        h("span", null, t("new.startsAt")),
        h("input", {
          name: "startsAt",
          type: "datetime-local",
          value: form.startsAt,
          required: true,
          onInput: edit("startsAt"),
        }),
      ),
      h(
        "label",
        { class: "field" },
        h("span", null, t("new.language")),
        h(
          "select",
          { value: form.language, onChange: edit("language") },
          Object.entries(LANGUAGES).map(([id, name]) =>
            h("option", { value: id, key: id, lang: id }, name)
          ),
        ),
      ),
    ),
  ];
}

/**
 * What is wrong first, in the order of the form, and which field it is.
 * @param {{title: string, at: number, rows: AgendaRow[], pasted: string, door: DoorForm,
 *   rules: RulesForm, judging: SchemeDraft | null}} plan
 * @returns {{text: string, at: string} | null}
 */
function problemOf({ title, at, rows, pasted, door, rules, judging }) {
  const first = "[data-row] [data-field=title]";
  if (title.trim() === "") return { text: t("new.needTitle"), at: "[name=title]" };
  if (Number.isNaN(at)) return { text: t("new.needStart"), at: "[name=startsAt]" };
  if (pasted.trim() !== "") return { text: t("plan.needTake"), at: "[name=import]" };
  if (rows.every(isEmpty)) return { text: t("new.needSlots"), at: first };
  const [fault] = faultsOf(rows);
  if (fault) {
    return {
      text: faultText(fault),
      at: `[data-row="${fault.id}"] [data-field=${fault.field}]`,
    };
  }
  if (isTooLong(rows)) return { text: t("plan.tooLong"), at: first };
  const number = faultOfRules(rules);
  if (number) return { text: t(`new.rules.${number}Wrong`), at: `[name=${number}]` };
  const wrong = judging && planOf(judging, { slots: [] }).wrong;
  if (wrong) return { text: t(`judging.wrong.${wrong}`), at: ".weight-line input" };
  if (door.admission === "registration" && doorOf(door).form?.length === 0) {
    return { text: t("new.needForm"), at: "[name=form]" };
  }
  if (door.closed && door.terms.trim() === "") {
    return { text: t("new.needTerms"), at: "[name=terms]" };
  }
  return null;
}

/** The next full hour as a datetime-local field writes it. */
function nextHour() {
  const next = new Date(Math.ceil((Date.now() + 1) / 3_600_000) * 3_600_000);
  return new Date(next.getTime() - next.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
