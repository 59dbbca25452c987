// Which slide this page shows: the presenter's, or one chosen alone until one snaps back.
import { useEffect, useRef, useState } from "../../vendor/preact.js";
import { parameter, setParameter } from "../../app/address.js";
import { isOngoing, isOver } from "../lifecycle.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/**
 * @typedef {object} Slides
 * @property {Slot | null} slot on stage
 * @property {number} page shown here, from 1
 * @property {boolean} browsing alone
 * @property {boolean} leads whether turning here turns for everyone
 * @property {(by: 1 | -1) => void} turn
 * @property {(page: number) => void} goTo
 * @property {() => void} follow back to the presenter's page
 */

/** What is on stage; nothing is once the roadshow is over. @param {Room} room @returns {Slot | null} */
export function stageSlot(room) {
  if (isOver(room)) return null;
  return room.slots.find(({ id }) => id === room.stage) ?? null;
}

/** Whether this reader turns that slot's pages for all. @param {RoomStore} store @param {Slot} slot */
function mayTurn(store, slot) {
  return store.is("moderator") || (store.is("presenter") && store.you.slots.includes(slot.id));
}

/** @param {RoomStore} store @returns {Slides} */
export function useSlides(store) {
  const room = store.room;
  const slot = room ? stageSlot(room) : null;
  const [alone, setAlone] = useState(startPage);
  const pages = slot?.pages.length ?? 0;
  const leads = slot !== null && mayTurn(store, slot) && room !== null && isOngoing(room);
  const browsing = !leads && alone !== null && [null, slot?.id].includes(alone.slot) && pages > 0;
  const page = browsing && alone ? Math.min(alone.page, pages) : slot?.page ?? 1;

  // Where the next press counts from: presses may come faster than pages are drawn or answered.
  const at = useRef({ page, asked: 0 });
  if (at.current.asked === 0) at.current.page = page;

  /** @param {number} next */
  const goTo = (next) => {
    if (!slot || next < 1 || next > pages) return;
    at.current.page = next;
    if (leads) {
      at.current.asked += 1;
      const answered = () => at.current.asked -= 1;
      store.send("slide.show", { slot: slot.id, page: next }).then(answered, answered);
    } else {
      setAlone(next === slot.page ? null : { slot: slot.id, page: next });
      // Counted by page, for the presenter; what comes of it is nothing to the viewer.
      if (next < slot.page) {
        store.send("slide.look_back", { slot: slot.id, page: next }).catch(() => {});
      }
    }
  };
  /** @param {1 | -1} by */
  const turn = (by) => goTo(at.current.page + by);
  useEffect(() => {
    // Another slot on stage ends browsing.
    if (alone && alone.slot !== null && slot && alone.slot !== slot.id) setAlone(null);
  }, [slot?.id]);
  useEffect(() => {
    if (room) setParameter("slide", browsing ? String(page) : null);
  }, [browsing, page, room !== null]);
  useEffect(() => {
    // Of a closed matter only what is looked at is sent: each page is noted.
    if (room?.door.terms) return;
    for (const near of [page, page - 2]) {
      const file = slot?.pages[near]?.file;
      if (file && room) new Image().src = fileAddress(store.id, file);
    }
  }, [slot?.id, page, pages]);
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      const by = KEYS[event.key];
      if (by === undefined || event.defaultPrevented || isForOthers(event)) return;
      event.preventDefault();
      turn(by);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  });
  return { slot, page, browsing, leads, turn, goTo, follow: () => setAlone(null) };
}

/** @type {Record<string, 1 | -1>} also what remote controls for slides send */
const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** Keys that a field, a scrolling panel or a dialog needs for itself. @param {KeyboardEvent} event */
function isForOthers(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return true;
  const target = /** @type {Element} */ (event.target);
  if (target.closest("input, textarea, select, dialog, [role=tablist]")) return true;
  return event.key.startsWith("Page") && target.closest("[data-scrolls]") !== null;
}

/** The address may name a slide. @returns {{slot: string | null, page: number} | null} */
function startPage() {
  const page = Number(parameter("slide"));
  return Number.isInteger(page) && page > 0 ? { slot: null, page } : null;
}

/** @param {string} room @param {string} file */
export function fileAddress(room, file) {
  return `/api/v1/rooms/${room}/files/${file}`;
}
