// Keeps order: the one key that stops what the room says, slow mode, approval, announcements.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const PAUSES = [0, 5, 10, 30, 60, 300]; // seconds
const LONGEST = 300; // characters, as the room's rules allow

/** @param {{store: RoomStore, room: Room}} props */
export function OrderControls({ store, room }) {
  const pauses = PAUSES.includes(room.slowMode) ? PAUSES : [...PAUSES, room.slowMode];
  return h(
    "div",
    { class: "block order" },
    h("h2", null, t("order.title")),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        {
          type: "button",
          class: room.stopped ? "primary" : "danger",
          onClick: () => store.order(room.stopped ? "output.resume" : "output.stop"),
        },
        t(room.stopped ? "order.resume" : "order.stop"),
      ),
    ),
    h("p", { class: "quiet" }, t(room.stopped ? "order.stoppedText" : "order.stopText")),
    h(
      "label",
      { class: "field" },
      h("span", null, t("order.slow")),
      h(
        "select",
        {
          value: String(room.slowMode),
          onChange: (/** @type {any} */ event) =>
            store.order("chat.slow_mode", { seconds: Number(event.target.value) }),
        },
        pauses.map((seconds) =>
          h(
            "option",
            { key: seconds, value: String(seconds) },
            seconds === 0 ? t("order.slowOff") : t("order.seconds", { n: seconds }),
          )
        ),
      ),
    ),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked: room.chatHold,
        onChange: (/** @type {any} */ event) =>
          store.order("chat.hold", { on: event.target.checked }),
      }),
      t("order.hold"),
    ),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked: room.anonymousQuestions,
        onChange: (/** @type {any} */ event) =>
          store.order("question.allow_anonymous", { on: event.target.checked }),
      }),
      t("order.anonymous"),
    ),
    h(Announcer, { store }),
  );
}

/** @param {{store: RoomStore}} props */
function Announcer({ store }) {
  const [text, setText] = useState("");
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (text.trim() === "") return;
    try {
      await store.send("announcement.make", { text: text.trim() });
      setText("");
    } catch {
      // The notice has been given; the text stays to be mended.
    }
  };
  return h(
    "form",
    { onSubmit: submit },
    h(
      "label",
      { class: "field" },
      h("span", null, t("order.announce")),
      h("input", {
        value: text,
        maxLength: LONGEST,
        onInput: (/** @type {any} */ event) => setText(event.target.value),
      }),
    ),
    h("p", { class: "actions" }, h("button", { type: "submit" }, t("order.announceSend"))),
  );
}
