// Whether somebody agrees to be recorded: asked when they go on air, or when it begins meanwhile.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { readItem, writeItem } from "../../app/storage.js";
import { Dialog } from "../../components/dialog.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { MediaSession } from "./session.js" */

/**
 * @typedef {object} Consent
 * @property {boolean} agreed
 * @property {boolean} asking
 * @property {() => void} ask
 * @property {(agree: boolean) => void} answer
 * @property {() => void} later
 */

/**
 * @param {RoomStore} store @param {Room} room @param {MediaSession} media
 * @returns {Consent}
 */
export function useConsent(store, room, media) {
  const [open, setOpen] = useState(false);
  const member = store.you.member ?? "";
  const agreed = room.consents.includes(member);
  const item = `luyan.consent.${store.id}`;
  const onAir = media.myKinds.size > 0;
  // What it was asked for last: going on air, or a recording.
  const cause = room.recording?.id ?? "air";
  useEffect(() => {
    if (!onAir || agreed || askedBefore(readItem(item), member, cause)) return;
    writeItem(item, { member, cause });
    setOpen(true);
  }, [onAir, agreed, cause]);
  return {
    agreed,
    asking: open,
    ask: () => setOpen(true),
    answer: (agree) => {
      writeItem(item, { member, cause });
      store.order("recording.consent", { agree });
      setOpen(false);
    },
    later: () => setOpen(false),
  };
}

/** A recording that begins is a new question; that nothing is recorded is none. */
/** @param {any} kept @param {string} member @param {string} cause */
export function askedBefore(kept, member, cause) {
  return kept?.member === member && (cause === "air" || kept.cause === cause);
}

/** @param {{room: Room, consent: Consent}} props */
export function ConsentDialog({ room, consent }) {
  return h(
    Dialog,
    { title: t("consent.title"), close: consent.later },
    h("p", null, t(room.recording ? "consent.running" : "consent.coming")),
    h("p", { class: "quiet" }, t(consent.agreed ? "consent.isYes" : "consent.isNo")),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", class: "primary", onClick: () => consent.answer(true) },
        t("consent.agree"),
      ),
      h("button", { type: "button", onClick: () => consent.answer(false) }, t("consent.decline")),
    ),
  );
}
