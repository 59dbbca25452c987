// A room of one's own: title, time, slots pasted one a line; then slides for each slot.
import { h, useEffect, useMemo, useState } from "../../vendor/preact.js";
import { ApiError, postJSON } from "../api.js";
import { parameter, setParameter, socketHost } from "../address.js";
import { errorText, LANGUAGES, t, texts } from "../i18n.js";
import { me } from "../me.js";
import { notices } from "../notices.js";
import { useObservable } from "../observable.js";
import { parseAgenda } from "../../rooms/agenda-lines.js";
import { commandPrefix } from "../../rooms/command-queue.js";
import { Entrance } from "../../rooms/entrance.js";
import { TermsForm } from "../../rooms/matter/terms-form.js";
import { RoomStore } from "../../rooms/store.js";
import { Banner } from "../../rooms/roadshow/banner.js";
import { SlideUpload } from "../../rooms/roadshow/slide-upload.js";
import { SiteHeader } from "../../components/site-header.js";
import { StateCard } from "../../components/state-card.js";
import { DoorFields, doorOf, OPEN_DOOR } from "./new-door.js";

/** The address names the room once it is made, so that a reload goes on with its slides. */
export function NewRoomPage() {
  const [room, setRoom] = useState(() => /^[0-9a-f]{32}$/.exec(parameter("room") ?? "")?.[0] ?? "");
  /** @param {string} made */
  const created = (made) => {
    setParameter("room", made);
    setRoom(made);
  };
  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page", tabIndex: -1 },
      room
        ? h(SlidesStep, { room })
        : me.unknown
        ? h(Unknown, { error: me.unknown })
        : me.person?.organiser
        ? h(PlanForm, { created })
        : h(Denied, { text: t("new.deniedText") }),
    ),
  ];
}

/** Whether this person may make rooms cannot be told. @param {{error: ApiError}} props */
function Unknown({ error }) {
  /** @param {unknown} failure */
  const stillNot = (failure) => {
    if (!(failure instanceof ApiError)) throw failure;
  };
  return h(StateCard, {
    heading: true,
    title: t("room.unreachable"),
    text: errorText(error),
    button: { run: () => me.load().catch(stillNot), text: t("common.tryAgain") },
  });
}

/** @param {{text: string}} props */
function Denied({ text }) {
  const link = { href: "/", text: t("common.home") };
  return h(StateCard, { heading: true, title: t("new.denied"), text, link });
}

/** @param {{created: (room: string) => void}} props */
function PlanForm({ created }) {
  const [form, setForm] = useState(() => ({
    title: "",
    startsAt: nextHour(),
    language: /** @type {string} */ (texts.language),
    lines: "",
  }));
  const [door, setDoor] = useState(OPEN_DOOR);
  const [problem, setProblem] = useState("");
  // Sent again after a line that broke, it makes no second room.
  const [id] = useState(commandPrefix);
  const [busy, setBusy] = useState(false);
  const { slots, errors } = useMemo(() => parseAgenda(form.lines), [form.lines]);

  /** @param {"title" | "startsAt" | "language" | "lines"} field */
  const edit = (field) => (/** @type {any} */ event) => {
    setForm({ ...form, [field]: event.target.value });
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const startsAt = new Date(form.startsAt).getTime();
    if (form.title.trim() === "") return setProblem(t("new.needTitle"));
    if (Number.isNaN(startsAt)) return setProblem(t("new.needStart"));
    if (slots.length === 0 || errors.length > 0) return setProblem(t("new.needSlots"));
    if (door.admission === "registration" && doorOf(door).form?.length === 0) {
      return setProblem(t("new.needForm"));
    }
    if (door.closed && door.terms.trim() === "") return setProblem(t("new.needTerms"));
    setBusy(true);
    try {
      const { title, language } = form;
      const answer = await postJSON("/api/v1/rooms", {
        id,
        title: title.trim(),
        startsAt,
        language,
        door: doorOf(door),
        slots: slots.map(body),
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
    { class: "plan", onSubmit: submit, noValidate: true },
    h("h1", null, t("new.title")),
    h(
      "label",
      { class: "field" },
      h("span", null, t("new.roomTitle")),
      h("input", { value: form.title, required: true, maxLength: 200, onInput: edit("title") }),
    ),
    h(
      "div",
      { class: "pair" },
      h(
        "label",
        { class: "field" },
        h("span", null, t("new.startsAt")),
        h("input", {
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
    h(
      "label",
      { class: "field" },
      h("span", null, t("new.slots")),
      h("span", { class: "quiet", id: "lines-form" }, t("new.slotsForm")),
      h("textarea", {
        rows: 8,
        value: form.lines,
        spellcheck: false,
        placeholder: t("new.slotsExample"),
        "aria-describedby": "lines-form lines-errors",
        "aria-invalid": errors.length > 0 ? "true" : undefined,
        onInput: edit("lines"),
      }),
    ),
    h(
      "ul",
      { class: "line-errors", id: "lines-errors", "aria-live": "polite" },
      errors.map(({ line, code, values }) =>
        h(
          "li",
          { key: line, class: "problem" },
          t("new.line", { n: line }) + t(`agenda.${code}`, translated(values)),
        )
      ),
    ),
    h(DoorFields, { door, change: setDoor }),
    h(Preview, { slots }),
    problem && h("p", { class: "problem", role: "alert" }, problem),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: busy }, t("new.create")),
    ),
  );
}

/** @param {{slots: import("../../types.d.ts").SlotLine[]}} props */
function Preview({ slots }) {
  const minutes = slots.reduce(
    (sum, { pitchMinutes, qaMinutes }) => sum + pitchMinutes + qaMinutes,
    0,
  );
  return h(
    "section",
    { class: "preview", "aria-labelledby": "preview-title" },
    h("h2", { id: "preview-title" }, t("new.preview")),
    slots.length === 0
      ? h("p", { class: "quiet" }, t("new.previewEmpty"))
      : h("p", { class: "quiet" }, t("new.previewSum", { n: slots.length, minutes })),
    h(
      "ol",
      { class: "agenda" },
      slots.map((slot, index) =>
        h(
          "li",
          { key: index },
          h("span", { class: "slot-title" }, slot.title),
          h(
            "span",
            { class: "quiet" },
            [slot.presenters, slot.organisation].filter(Boolean).join(" · "),
          ),
          h(
            "span",
            { class: "quiet" },
            t("slot.times", { pitch: slot.pitchMinutes, qa: slot.qaMinutes }),
          ),
        )
      ),
    ),
  );
}

/** @param {{room: string}} props */
function SlidesStep({ room }) {
  const store = useMemo(() => new RoomStore(room, socketHost()), [room]);
  useObservable(store);
  useEffect(() => {
    store.start((error) => notices.refuse(error));
    return () => store.stop();
  }, [store]);
  if (!store.room) return h(Entrance, { store });
  // Also whoever made a closed matter signs its terms before anything else.
  if (store.you.door?.state === "terms") {
    return [
      h(Banner, { store, room: store.room }),
      h("h1", null, t("new.made", { title: store.room.title })),
      h("p", { class: "lead" }, t("door.terms")),
      h(TermsForm, { store, room: store.room }),
    ];
  }
  if (!store.is("moderator")) return h(Denied, { text: t("error.not_permitted") });
  return [
    h(Banner, { store, room: store.room }),
    h("h1", null, t("new.made", { title: store.room.title })),
    h("p", { class: "lead" }, t("new.slides")),
    h(
      "p",
      { class: "actions" },
      h("a", { class: "button primary", href: `/r/${room}` }, t("new.enter")),
    ),
    h(
      "ol",
      { class: "agenda uploads" },
      store.room.slots.map((slot) =>
        h(
          "li",
          { key: slot.id },
          h("h2", { class: "slot-title" }, slot.title),
          h(SlideUpload, { store, slot, room }),
        )
      ),
    ),
  ];
}

/** The next full hour as a datetime-local field writes it. */
function nextHour() {
  const next = new Date(Math.ceil((Date.now() + 1) / 3_600_000) * 3_600_000);
  return new Date(next.getTime() - next.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What is empty is left out. @param {import("../../types.d.ts").SlotLine} line */
function body({ title, presenters, organisation, pitchMinutes, qaMinutes }) {
  return {
    title,
    presenters: presenters || undefined,
    organisation: organisation || undefined,
    pitchMinutes,
    qaMinutes,
  };
}

/** A field's name in the reader's language. @param {Record<string, string | number>} values */
function translated(values) {
  return "field" in values ? { ...values, field: t(`agenda.field.${values.field}`) } : values;
}
