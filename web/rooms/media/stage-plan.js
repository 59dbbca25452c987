// What stands where on the stage: the moderator's layout, as far as there are pictures for it.

/** @import { MediaTrack, Room, Slot } from "../../types.d.ts" */
/** @typedef {"slides" | MediaTrack} Place slides, or the card in their stead */
/**
 * @typedef {{is: "plain"} | {is: "inset", large: Place, small: Place}
 *   | {is: "single", large: MediaTrack} | {is: "side", person: MediaTrack}
 *   | {is: "gallery", people: MediaTrack[]}} StagePlan
 */

/**
 * @param {object} scene
 * @param {Pick<Room, "layout" | "pinned">} scene.room
 * @param {Slot | null} scene.slot on stage
 * @param {MediaTrack[]} scene.tracks those whose pictures this page can show
 * @param {string | null} scene.leader who speaks
 * @param {boolean} scene.swapped the reader wants large what is small
 * @returns {StagePlan}
 */
export function planStage({ room, slot, tracks, leader, swapped }) {
  const cameras = tracks.filter(({ kind }) => kind === "camera");
  const screens = tracks.filter(({ kind }) => kind === "screen");
  const person = shownLarge(room, slot, cameras, leader);
  const screen = screens.find(({ member }) => member === room.pinned) ?? screens[0] ?? null;
  const hasSlides = slot !== null && slot.pages.length > 0;
  if (room.layout === "gallery" && cameras.length > 0) return { is: "gallery", people: cameras };
  if (room.layout === "screen" && screen) return pair(screen, person, swapped);
  if (room.layout === "camera" && person) return pair(person, hasSlides ? "slides" : null, swapped);
  if (room.layout === "side" && person) return { is: "side", person };
  if (hasSlides) return pair("slides", person ?? screen, swapped);
  if (screen) return pair(screen, person, swapped);
  return person ? { is: "side", person } : { is: "plain" };
}

/** @param {Place} large @param {Place | null} small @param {boolean} swapped @returns {StagePlan} */
function pair(large, small, swapped) {
  if (small !== null) {
    return swapped ? { is: "inset", large: small, small: large } : { is: "inset", large, small };
  }
  return large === "slides" ? { is: "plain" } : { is: "single", large };
}

/**
 * Who is large: whom the moderator pinned, a recording that plays, who speaks, the slot's
 * presenter, whoever came first.
 * @param {Pick<Room, "pinned">} room @param {Slot | null} slot @param {MediaTrack[]} cameras
 * @param {string | null} leader @returns {MediaTrack | null}
 */
export function shownLarge(room, slot, cameras, leader) {
  return cameras.find(({ member }) => member === room.pinned) ??
    cameras.find(({ live }) => !live) ??
    cameras.find(({ member }) => member === leader) ??
    cameras.find(({ slots }) => slot !== null && slots.includes(slot.id)) ?? cameras[0] ?? null;
}

/** Which tracks a plan shows. @param {StagePlan} plan @returns {MediaTrack[]} */
export function tracksOf(plan) {
  switch (plan.is) {
    case "plain":
      return [];
    case "single":
      return [plan.large];
    case "side":
      return [plan.person];
    case "gallery":
      return plan.people;
    case "inset":
      return [plan.large, plan.small].filter((place) => place !== "slides");
  }
}
