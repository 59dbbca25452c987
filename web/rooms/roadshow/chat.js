// The chat: newest below, older on request, the place kept while reading.
import { h, useLayoutEffect, useRef, useState } from "../../vendor/preact.js";
import { t, timeOfDay } from "../../app/i18n.js";
import { Affiliation } from "../../components/affiliation.js";
import { Lazy } from "../../components/lazy.js";
import { callsMe, EVERYONE, hasEarlier, messagesIn } from "../channels/channels.js";
import { calledText } from "../channels/parts.js";
import { Composer } from "./composer.js";
import { OutgoingTexts } from "./outgoing.js";
import { ChatOrder, OwnHeld } from "./chat-order.js";
import { heldMessages } from "./parts.js";
import { RemoveButton } from "./remove-button.js";

/** @import { ChatMessage, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const LIMIT = 1_000; // characters, as the room's rules allow
const NEAR = 48; // pixels from the end that still count as the end

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {() => void} props.card asks for the name card
 * @param {string} [props.channel]
 * @param {{note?: string, field: string, empty: string}} [props.words] of a channel among several
 */
export function Chat({ store, room, card, channel = EVERYONE, words }) {
  const open = channel === EVERYONE;
  const chat = messagesIn(store, channel);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const anchor = useRef({ atEnd: true, fromEnd: 0, first: 0 });
  const [below, setBelow] = useState(0);
  const first = chat[0]?.seq ?? 0;
  const last = chat.at(-1)?.seq ?? 0;
  const held = open ? store.you.held ?? [] : [];
  const sent = store.outgoing.length + held.length;
  const seen = useRef(last);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const { atEnd, fromEnd, first: before } = anchor.current;
    if (first < before) element.scrollTop = element.scrollHeight - fromEnd;
    else if (atEnd) element.scrollTop = element.scrollHeight;
    else setBelow(chat.filter(({ seq }) => seq > seen.current).length);
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
  const empty = chat.length === 0 && sent === 0;
  return [
    open && store.is("moderator") && h(Lazy, {
      load: heldMessages,
      given: { store, messages: room.held ?? [] },
      meanwhile: null,
    }),
    open && h(ChatOrder, { room }),
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
      hasEarlier(store, channel) && h(
        "button",
        {
          type: "button",
          class: "earlier",
          disabled: store.loadingEarlier,
          onClick: () => store.loadEarlier(channel),
        },
        t(store.loadingEarlier ? "common.loading" : "chat.earlier"),
      ),
      empty && h("p", { class: "empty" }, words?.empty ?? t("chat.empty")),
      h(
        "ol",
        { class: "chat" },
        chat.map((message) => h(Said, { key: message.seq, store, message })),
        held.map((message) => h(OwnHeld, { key: message.seq, message })),
        h(OutgoingTexts, { store, type: "chat.say", channel: open ? undefined : channel }),
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
      channel,
      note: words?.note,
      label: words?.field ?? t("chat.field"),
      action: t("chat.send"),
      limit: LIMIT,
      send: (text, mentions) => {
        anchor.current.atEnd = true; // One's own message is always seen.
        store.write("chat.say", {
          text,
          ...(open ? {} : { channel }),
          ...(mentions.length > 0 ? { mentions } : {}),
        });
      },
    }),
  ];
}

/** @param {{store: RoomStore, message: ChatMessage}} props */
function Said({ store, message }) {
  const { by, at, name, text, removed, seq, mentions } = message;
  const own = by !== null && by === store.you.member;
  if (removed) {
    return h("li", { class: "said removed" }, h("p", { class: "quiet" }, t("chat.removed")));
  }
  return h(
    "li",
    { class: own ? "said own" : callsMe(store, message) ? "said calling" : "said" },
    h(
      "p",
      { class: "said-by" },
      h("strong", null, name),
      h(Affiliation, { of: message, apart: true }),
      h("time", { class: "quiet", dateTime: new Date(at).toISOString() }, timeOfDay(at)),
      (own || store.is("moderator")) && h(RemoveButton, { store, seq, own, name: name ?? "" }),
    ),
    h(
      "p",
      { class: "said-text" },
      mentions && text !== undefined
        ? h(Lazy, { load: calledText, given: { store, text, mentions }, meanwhile: text })
        : text,
    ),
  );
}
