// The field where a member writes; a visitor is asked for a name card in its place.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { number, t } from "../../app/i18n.js";
import { Lazy } from "../../components/lazy.js";
import { EVERYONE } from "../channels/channels.js";
import { mentionList } from "../channels/parts.js";
import { isClosed, isOngoing } from "../lifecycle.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const MENTIONS = 10; // as the room's rules allow

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {string} props.field the element's id
 * @param {string} props.label
 * @param {string} props.action the button's text
 * @param {number} props.limit characters
 * @param {(text: string, mentions: string[]) => void} props.send
 * @param {() => void} props.card
 * @param {string} [props.channel] of the chat: members may be called by name
 * @param {string} [props.note] who reads it
 */
export function Composer(props) {
  const { store, room, field, label, action, limit, send, card, channel, note } = props;
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const apart = channel !== undefined && channel !== EVERYONE;
  const draft = apart ? `${field} ${channel}` : field;
  const [text, setText] = useState(store.drafts[draft] ?? "");
  /** @param {string} next */
  const write = (next) => {
    store.drafts[draft] = next;
    setText(next);
  };
  if (apart ? isClosed(room) : !isOngoing(room)) {
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
  const moderator = store.is("moderator");
  const silenced = moderator
    ? ""
    : room.stopped && !apart
    ? "stopped"
    : store.you.muted
    ? "muted"
    : "";
  if (silenced) return h("p", { class: "composer closed quiet" }, t(`composer.${silenced}`));
  if (!store.you.roles.some((role) => role !== "auditor")) {
    return h("p", { class: "composer closed quiet" }, t("composer.auditor"));
  }
  const length = [...text].length;
  const submit = () => {
    const trimmed = text.trim();
    if (trimmed === "" || length > limit) return;
    const called = (store.called[draft] ?? []).filter(({ name }) => trimmed.includes(`@${name}`));
    send(trimmed, [...new Set(called.map(({ member }) => member))].slice(0, MENTIONS));
    store.called[draft] = [];
    write("");
  };
  /** @type {(next: string, caret: number, person: {member: string, name: string}) => void} */
  const call = (next, caret, person) => {
    store.called[draft] = [...(store.called[draft] ?? []), person];
    write(next);
    requestAnimationFrame(() => area.current?.setSelectionRange(caret, caret));
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
    note && h("p", { class: "readers", id: `${field}-readers` }, note),
    channel && text.includes("@") && area.current && h(Lazy, {
      load: mentionList,
      given: { store, channel, area: area.current, text, choose: call },
      meanwhile: null,
    }),
    h("textarea", {
      id: field,
      ref: area,
      "aria-describedby": note ? `${field}-readers` : undefined,
      rows: 1,
      value: text,
      "aria-label": label,
      placeholder: label,
      "aria-invalid": length > limit ? "true" : undefined,
      onInput: (/** @type {any} */ event) => write(event.target.value),
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

/** Longer than a press takes, so that nothing moves away from under the finger. */
const AFTERWARDS = 300; // milliseconds

/** Whether somebody writes in a composer; a phone's stage makes room meanwhile. */
export function useTyping() {
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const moved = () => {
      const now = document.activeElement?.closest("form.composer") != null;
      clearTimeout(timer);
      timer = setTimeout(() => setTyping(now), now ? 0 : AFTERWARDS);
    };
    // A field that is removed tells nobody that it lost the focus; pressing elsewhere does.
    const events = ["focusin", "focusout", "pointerup", "keyup"];
    for (const event of events) document.addEventListener(event, moved);
    return () => {
      clearTimeout(timer);
      for (const event of events) document.removeEventListener(event, moved);
    };
  }, []);
  return typing;
}
