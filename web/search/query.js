// What is asked of the server, and what it answers.

/** What narrows hits down; empty where nothing is chosen. */
export const CHOICES = /** @type {const} */ (["kind", "field", "year", "state"]);

/** @typedef {Record<typeof CHOICES[number], string>} Choice */
/** @typedef {{value: string, count: number}} Count */
/** @typedef {{kinds: Count[], fields: Count[], years: Count[], states: Count[]}} FacetCounts */
/** @typedef {{text: string, marked: boolean}} Piece */
/**
 * @typedef {object} Hit
 * @property {string} kind
 * @property {string} title of its room, event or person
 * @property {Piece[]} snippet
 * @property {string} [event]
 * @property {string} [profile]
 * @property {string} [room]
 * @property {string} [state]
 * @property {"live" | "coming" | "past"} [group]
 * @property {number} [startsAt]
 * @property {string} [language]
 * @property {number} [at]
 * @property {number} [seconds] since its room was first opened
 * @property {string} [by]
 * @property {string} [slot]
 * @property {string | null} [slotTitle]
 * @property {number} [page]
 */
/**
 * @typedef {object} Found
 * @property {number} count
 * @property {boolean} loose whether only parts of the words were found
 * @property {boolean} more whether only the newest were counted
 * @property {{done: number, of: number}} [building]
 * @property {Hit[]} hits
 * @property {FacetCounts} facets
 * @property {number | null} next
 */

/** @param {string} words @param {Choice} choice @param {number} after */
export function queryOf(words, choice, after) {
  const query = new URLSearchParams({ q: words.trim() });
  for (const name of CHOICES) if (choice[name]) query.set(name, choice[name]);
  if (after > 0) query.set("after", String(after));
  return `/api/v1/search?${query}`;
}

/** States in which a room is over: what was said is then heard again. */
const OVER = ["follow_up", "closed", "archived", "cancelled"];

/** Where a hit leads. @param {Hit} hit @returns {string} */
export function addressOf(hit) {
  if (hit.event) return `/e/${hit.event}`;
  if (hit.profile) return `/p/${hit.profile}`;
  const room = `/r/${hit.room}`;
  const isOver = OVER.includes(hit.state ?? "");
  if (hit.kind === "room") return room;
  if (hit.kind === "slot" || hit.kind === "slide") {
    const place = new URLSearchParams({ slot: hit.slot ?? "" });
    if (hit.page) place.set("page", String(hit.page));
    return isOver && hit.kind === "slide" ? `${room}/replay#${place}` : `${room}#${place}`;
  }
  return isOver && hit.seconds !== undefined ? `${room}/replay#t=${hit.seconds}` : room;
}
