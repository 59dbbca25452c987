// The programme of an event by days, in the reader's zone.
import { texts } from "../app/i18n.js";

/** `11月28日星期六`; with the year where it is another than now. */
/** @param {number} at milliseconds @param {number} [now] milliseconds */
export function day(at, now = Date.now()) {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(texts.language, {
    ...(sameYear ? {} : { year: "numeric" }),
    month: "long",
    day: "numeric",
    weekday: "long",
  }).format(at);
}

/** One day, or the first and the last. @param {number} from @param {number} until */
export function days(from, until) {
  const [first, last] = [day(from), day(until)];
  return first === last ? first : `${first} – ${last}`;
}

/**
 * Halls by the day that they begin on, the days in order, the halls of a day as the programme has
 * them.
 * @template {{startsAt: number}} T
 * @param {T[]} halls
 * @returns {{at: number, halls: T[]}[]}
 */
export function byDay(halls) {
  /** @type {Map<string, {at: number, halls: T[]}>} */
  const groups = new Map();
  for (const hall of halls) {
    const key = new Date(hall.startsAt).toDateString();
    const known = groups.get(key);
    if (known) {
      known.halls.push(hall);
      known.at = Math.min(known.at, hall.startsAt);
    } else groups.set(key, { at: hall.startsAt, halls: [hall] });
  }
  return [...groups.values()].sort((one, other) => one.at - other.at);
}
