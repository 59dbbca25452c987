// The room's page: one shell for viewer, presenter and moderator, adapted by role.
import { h, useEffect, useMemo, useRef, useState } from "../../vendor/preact.js";
import { parameter, setParameter, socketHost } from "../address.js";
import { notices } from "../notices.js";
import { t } from "../i18n.js";
import { useMedia, useObservable } from "../observable.js";
import { Lazy } from "../../components/lazy.js";
import { NameCardDialog } from "../../components/name-card.js";
import { SiteHeader } from "../../components/site-header.js";
import { Watermark } from "../../rooms/matter/watermark.js";
import { Entrance } from "../../rooms/entrance.js";
import { MediaSession } from "../../rooms/media/session.js";
import { TalkArea } from "../../rooms/media/talk-area.js";
import { checkIn } from "../../rooms/hall/parts.js";
import { RoomStore } from "../../rooms/store.js";
import { Banner } from "../../rooms/roadshow/banner.js";
import { RoomHeader } from "../../rooms/roadshow/room-header.js";
import { Stage } from "../../rooms/roadshow/stage.js";
import { SidePanel } from "../../rooms/roadshow/side-panel.js";
import { doorPage, fromStart, presenterDesk, runOfShow } from "../../rooms/roadshow/parts.js";
import { useTyping } from "../../rooms/roadshow/composer.js";
import { PhoneBar } from "../../rooms/roadshow/phone-bar.js";
import { lineLost } from "../../rooms/studio/parts.js";
import { stageSlot, useSlides } from "../../rooms/roadshow/slides.js";

/** @import { Fields } from "../../types.d.ts" */

/** From here on the run of show has a column of its own; before, it is a tab. */
const ROOM_FOR_RUN = "(min-width: 70rem)";
const PHONE = "(max-width: 48rem)";

/** @param {{room: string}} props */
export function RoomPage({ room: id }) {
  const store = useMemo(() => new RoomStore(id, socketHost()), [id]);
  useObservable(store);
  const media = useMemo(() => new MediaSession(store, socketHost()), [store]);
  useObservable(media);
  const [tab, setTab] = useState(() => parameter("tab") ?? "");
  const [carding, setCarding] = useState(false);
  // Whoever scanned the hall's code brings it along.
  const [here, setHere] = useState(() => parameter("here"));
  const [talking, setTalking] = useState(false);
  // What a visitor wanted to do when the card was asked for; done once it is there.
  const wanted = useRef(/** @type {{type: string, data: Fields} | null} */ (null));
  const slides = useSlides(store);
  const wide = useMedia(ROOM_FOR_RUN);
  const phone = useMedia(PHONE);
  const typing = useTyping();
  useEffect(() => {
    store.start((error, type, data) => {
      // A written text shows its refusal where it stands; without a card the card is asked for.
      if (error.action === "sign_in") {
        if (["question.vote", "poll.vote", "hand.raise", "reaction.show"].includes(type)) {
          wanted.current = { type, data };
        }
        setCarding(true);
      } else if (type !== "chat.say" && type !== "question.ask") notices.refuse(error);
    });
    media.start();
    return () => {
      media.stop();
      store.stop();
    };
  }, [store]);
  useEffect(() => {
    if (store.room) document.title = store.room.title;
  }, [store.room?.title]);
  /** @param {string} next */
  const choose = (next) => {
    setTab(next);
    setParameter("tab", next);
  };
  const { room } = store;
  const { door } = store.you;
  if (!room) return h(Shell, {}, h(Entrance, { store }));
  if (store.you.member === null && door) {
    const meanwhile = h(Shell, {}, h("p", { class: "empty" }, t("common.loading")));
    return h(Lazy, { load: doorPage, given: { store, room, id, door }, meanwhile });
  }
  const moderator = store.is("moderator");
  const presenter = store.is("presenter") && !moderator;
  const role = moderator ? "moderator" : presenter ? "presenter" : "viewer";
  const card = () => setCarding(true);
  const closeCard = () => {
    wanted.current = null;
    setCarding(false);
  };
  const introduced = () => {
    store.signedIn();
    if (wanted.current) store.order(wanted.current.type, wanted.current.data);
  };
  const leaveHall = () => {
    setHere(null);
    setParameter("here", null);
  };
  const desk = moderator && !wide ? "run" : presenter && phone ? "desk" : null;
  const own = room.judging && store.is("judge") ? "judging" : null;
  return h(
    "div",
    { class: typing ? `room ${role} typing` : `room ${role}` },
    h(RoomHeader, { store, room, media }),
    h(
      Banner,
      { store, room },
      here && h(Lazy, {
        load: checkIn,
        given: { store, code: here, card, done: leaveHall },
        meanwhile: null,
      }),
      role === "viewer" && room.slots.some(({ state }) => state === "done") &&
        h(Lazy, { load: fromStart, given: { room, id }, meanwhile: null }),
    ),
    h(
      "main",
      { id: "main", class: wide ? "hall wide" : "hall", tabIndex: -1 },
      moderator && wide && h(Lazy, { load: runOfShow, given: { store, room, id, media } }),
      h(
        "div",
        { class: "floor" },
        h(Stage, { store, room, slides, media }),
        h(TalkArea, { store, room, media, folded: moderator && phone && !talking }),
        presenter && !phone && h(Lazy, { load: presenterDesk, given: { store, room, id, media } }),
        !presenter && h(StageNotes, { room }),
      ),
      h(SidePanel, { store, room, id, tab, choose, card, desk, media }),
    ),
    moderator && h(Lazy, { load: lineLost, given: { store, room, id, media }, meanwhile: null }),
    h(PhoneBar, { store, room, media, slides, desk: desk ?? own, choose, talking, setTalking }),
    room.door.terms && h(Watermark, { store }),
    carding && h(NameCardDialog, { close: closeCard, done: introduced }),
  );
}

/** Before there is a room to show. @param {{children?: import("../../vendor/preact.d.ts").Child}} props */
function Shell({ children }) {
  return [
    h(SiteHeader, {}),
    h("main", { id: "main", class: "page narrow", tabIndex: -1 }, children),
  ];
}

/** What the slot on stage is about, in words, beneath its slides. @param {{room: import("../../types.d.ts").Room}} props */
function StageNotes({ room }) {
  const slot = stageSlot(room);
  if (!slot || slot.pages.length === 0) return null;
  return h(
    "section",
    { class: "stage-notes", "aria-label": t("stage.about"), tabIndex: 0 },
    h("h2", null, slot.title),
    h(
      "p",
      { class: "quiet" },
      [slot.presenters, slot.organisation, slot.field].filter(Boolean).join(" · "),
    ),
    slot.abstract && h("p", null, slot.abstract),
  );
}
