// The field where a member writes; a visitor is asked for a name card in its place.
import { h, useState } from "../../vendor/preact.js";
import { number, t } from "../../app/i18n.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {string} props.field the element's id
 * @param {string} props.label
 * @param {string} props.action the button's text
 * @param {number} props.limit characters
 * @param {(text: string) => void} props.send
 * @param {() => void} props.card
 */
export function Composer({ store, room, field, label, action, limit, send, card }) {
  const [text, setText] = useState("");
  if (!["open", "live", "paused"].includes(room.state)) {
    return h("p", { class: "composer closed quiet" }, t(`composer.${room.state}`));
  }
  if (store.you.member === null) {
    return h(
      "div",
      { class: "composer visitor" },
      h("p", { class: "quiet" }, t("composer.visitor")),
      h(
        "button",
        { type: "button", class: "primary", id: field, onClick: card },
        t("me.leaveCard"),
      ),
    );
  }
  const length = [...text].length;
  const submit = () => {
    const trimmed = text.trim();
    if (trimmed === "" || length > limit) return;
    send(trimmed);
    setText("");
  };
  return h(
    "form",
    {
      class: "composer",
      onSubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        submit();
      },
    },
    h("textarea", {
      id: field,
      rows: 1,
      value: text,
      "aria-label": label,
      placeholder: label,
      "aria-invalid": length > limit ? "true" : undefined,
      onInput: (/** @type {any} */ event) => setText(event.target.value),
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        // While an input method composes, Enter chooses a word.
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        submit();
      },
    }),
    length > limit * 0.9 && h(
      "span",
      { class: length > limit ? "count problem" : "count quiet" },
      t("composer.count", { length: number(length), limit: number(limit) }),
    ),
    h("button", {
      type: "submit",
      class: "primary",
      disabled: length > limit,
      // The field keeps the focus: the page does not move, nor does a phone's keyboard close.
      onMouseDown: (/** @type {Event} */ event) => event.preventDefault(),
    }, action),
  );
}
