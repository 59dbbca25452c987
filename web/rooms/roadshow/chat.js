// The chat: newest below, older on request, the place kept while reading.
import { h, useLayoutEffect, useRef, useState } from "../../vendor/preact.js";
import { t, timeOfDay } from "../../app/i18n.js";
import { Affiliation } from "../../components/affiliation.js";
import { Composer } from "./composer.js";
import { OutgoingTexts } from "./outgoing.js";
import { ChatOrder, HeldMessages, OwnHeld } from "./held-messages.js";
import { RemoveButton } from "./remove-button.js";

/** @import { ChatMessage, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const LIMIT = 1_000; // characters, as the room's rules allow
const NEAR = 48; // pixels from the end that still count as the end

/** @param {{store: RoomStore, room: Room, card: () => void}} props */
export function Chat({ store, room, card }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const anchor = useRef({ atEnd: true, fromEnd: 0, first: 0 });
  const [below, setBelow] = useState(0);
  const first = room.chat[0]?.seq ?? 0;
  const last = room.chat.at(-1)?.seq ?? 0;
  const sent = store.outgoing.length + (store.you.held?.length ?? 0);
  const seen = useRef(last);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const { atEnd, fromEnd, first: before } = anchor.current;
    if (first < before) element.scrollTop = element.scrollHeight - fromEnd;
    else if (atEnd) element.scrollTop = element.scrollHeight;
    else setBelow(room.chat.filter(({ seq }) => seq > seen.current).length);
    if (atEnd) seen.current = last;
    anchor.current.first = first;
  }, [first, last, sent]);
  const scrolled = () => {
    const element = list.current;
    if (!element) return;
    const fromEnd = element.scrollHeight - element.scrollTop;
    const atEnd = fromEnd - element.clientHeight < NEAR;
    anchor.current = { ...anchor.current, atEnd, fromEnd };
    if (!atEnd) return;
    seen.current = last;
    setBelow(0);
  };
  const toEnd = () => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  const empty = room.chat.length === 0 && sent === 0;
  return [
    store.is("moderator") && h(HeldMessages, { store, messages: room.held ?? [] }),
    h(ChatOrder, { room }),
    h(
      "div",
      {
        class: "scroll",
        ref: list,
        onScroll: scrolled,
        tabIndex: 0,
        role: "region",
        "aria-label": t("chat.list"),
        "data-scrolls": true,
      },
      room.chatMore && h(
        "button",
        {
          type: "button",
          class: "earlier",
          disabled: store.loadingEarlier,
          onClick: () => store.loadEarlier(),
        },
        t(store.loadingEarlier ? "common.loading" : "chat.earlier"),
      ),
      empty && h("p", { class: "empty" }, t("chat.empty")),
      h(
        "ol",
        { class: "chat" },
        room.chat.map((message) => h(Said, { key: message.seq, store, message })),
        (store.you.held ?? []).map((message) => h(OwnHeld, { key: message.seq, message })),
        h(OutgoingTexts, { store, type: "chat.say" }),
      ),
    ),
    below > 0 && h(
      "button",
      { type: "button", class: "below primary", onClick: toEnd },
      t("chat.below", { n: below }),
    ),
    h(Composer, {
      store,
      room,
      card,
      field: "chat-field",
      label: t("chat.field"),
      action: t("chat.send"),
      limit: LIMIT,
      send: (text) => {
        anchor.current.atEnd = true; // One's own message is always seen.
        store.write("chat.say", { text });
      },
    }),
  ];
}

/** @param {{store: RoomStore, message: ChatMessage}} props */
function Said({ store, message }) {
  const { by, at, name, text, removed, seq } = message;
  const own = by !== null && by === store.you.member;
  if (removed) {
    return h("li", { class: "said removed" }, h("p", { class: "quiet" }, t("chat.removed")));
  }
  return h(
    "li",
    { class: own ? "said own" : "said" },
    h(
      "p",
      { class: "said-by" },
      h("strong", null, name),
      h(Affiliation, { of: message, apart: true }),
      h("time", { class: "quiet", dateTime: new Date(at).toISOString() }, timeOfDay(at)),
      (own || store.is("moderator")) && h(RemoveButton, { store, seq, own, name: name ?? "" }),
    ),
    h("p", { class: "said-text" }, text),
  );
}
