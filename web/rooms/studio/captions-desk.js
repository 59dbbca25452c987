// The captioner's desk: what is spoken is typed, Enter sends it, what went wrong is taken back.
import { h, useRef, useState } from "../../vendor/preact.js";
import { errorText, languageName, number, t, timeOfDay } from "../../app/i18n.js";
import { readItem, writeItem } from "../../app/storage.js";
import { RemoveButton } from "../roadshow/remove-button.js";
import { isOngoing } from "../lifecycle.js";

/** @import { Caption, Room, WireError } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const LONGEST = 500; // characters, as the room's rules allow
const EARLIEST = 9 * 60_000; // milliseconds back that a caption may begin, within the rules' 10 minutes
const ITEM = "luyan.captionLanguage";
const LANGUAGES = ["zh-CN", "en", "ja", "ko", "fr", "de", "es", "ru", "ar"];
const SHOWN = 8; // captions that can be taken back here

/** @param {{store: RoomStore, room: Room}} props */
export function CaptionsDesk({ store, room }) {
  const [language, setLanguage] = useState(() => {
    const kept = readItem(ITEM);
    return typeof kept === "string" && LANGUAGES.includes(kept) ? kept : room.language;
  });
  /** @param {string} next */
  const choose = (next) => {
    setLanguage(next);
    writeItem(ITEM, next);
  };
  const offered = LANGUAGES.includes(room.language) ? LANGUAGES : [room.language, ...LANGUAGES];
  return h(
    "div",
    { class: "captions-desk" },
    h(
      "label",
      { class: "field" },
      h("span", null, t("studio.captionLanguage")),
      h(
        "select",
        { value: language, onChange: (/** @type {any} */ event) => choose(event.target.value) },
        offered.map((one) => h("option", { key: one, value: one }, languageName(one))),
      ),
    ),
    isOngoing(room)
      ? h(CaptionField, { store, language })
      : h("p", { class: "quiet" }, t("studio.captionsClosed")),
    h("h3", null, t("studio.captionsLast")),
    h(LastCaptions, { store, captions: room.captions }),
  );
}

/** @param {{store: RoomStore, language: string}} props */
function CaptionField({ store, language }) {
  const [text, setText] = useState(store.drafts.caption ?? "");
  const [refused, setRefused] = useState(
    /** @type {{text: string, error: WireError} | null} */ (null),
  );
  const begun = useRef(/** @type {number | null} */ (null));
  /** @param {string} next */
  const edit = (next) => {
    begun.current = next === "" ? null : begun.current ?? store.now();
    store.drafts.caption = next;
    setText(next);
  };
  const length = [...text.trim()].length;
  const send = async () => {
    const said = text.trim();
    if (length === 0 || length > LONGEST) return;
    const to = Math.round(store.now());
    const from = Math.round(Math.max(begun.current ?? to, to - EARLIEST));
    edit("");
    setRefused(null);
    try {
      await store.send("caption.add", { language, text: said, from, to });
    } catch (error) {
      setRefused({ text: said, error: /** @type {WireError} */ (error) });
    }
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    // Enter also ends a word of an input method: it then belongs to that.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const over = length > LONGEST;
  return h(
    "form",
    {
      class: "caption-form",
      onSubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        send();
      },
    },
    h(
      "label",
      { class: "field" },
      h("span", null, t("studio.captionText")),
      h("textarea", {
        id: "caption-field",
        rows: 3,
        lang: language,
        value: text,
        "aria-describedby": "caption-hint",
        "aria-invalid": over ? "true" : undefined,
        onInput: (/** @type {any} */ event) => edit(event.target.value),
        onKeyDown: key,
      }),
    ),
    h(
      "p",
      { id: "caption-hint", class: over ? "problem caption-count" : "quiet caption-count" },
      h("span", null, t("studio.captionHint")),
      h("span", null, t("studio.captionCount", { length: number(length), limit: LONGEST })),
    ),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "submit", class: "primary", disabled: length === 0 || over },
        t("studio.captionSend"),
      ),
    ),
    refused && h(
      "p",
      { class: "problem", role: "alert" },
      t("studio.captionRefused", { text: refused.text, why: errorText(refused.error) }),
      " ",
      h(
        "button",
        {
          type: "button",
          class: "small",
          onClick: () => {
            edit(refused.text);
            setRefused(null);
          },
        },
        t("studio.captionMend"),
      ),
    ),
  );
}

/** @param {{store: RoomStore, captions: Caption[]}} props */
function LastCaptions({ store, captions }) {
  const last = captions.slice(-SHOWN).reverse();
  if (last.length === 0) return h("p", { class: "quiet" }, t("studio.captionsEmpty"));
  return h(
    "ul",
    { class: "last-captions" },
    last.map((caption) =>
      h(
        "li",
        { key: caption.seq },
        h(
          "p",
          { class: "quiet caption-head" },
          h("span", null, timeOfDay(caption.from)),
          h("span", null, languageName(caption.language)),
          caption.name && h("span", null, caption.name),
          !caption.removed && h(RemoveButton, {
            store,
            seq: caption.seq,
            own: caption.by === store.you.member,
            name: caption.name ?? "",
          }),
        ),
        caption.removed
          ? h("p", { class: "quiet" }, t("studio.captionRemoved"))
          : h("p", { lang: caption.language, class: "said-text" }, caption.text),
      )
    ),
  );
}
