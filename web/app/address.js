// The address is the state: which page, and within a room which tab and slide.

/**
 * @typedef {{is: "home"} | {is: "new"} | {is: "join"} | {is: "enter"} | {is: "sign-in"} | {is: "account"} | {is: "people"} | {is: "search"} | {is: "verify"} | {is: "organisations"}
 *   | {is: "room", room: string} | {is: "screen", room: string}
 *   | {is: "archive", room: string} | {is: "outcome", room: string} | {is: "organisation", organisation: string}
 *   | {is: "replay", room: string}
 *   | {is: "profile", profile: string}
 *   | {is: "event", event: string} | {is: "new-event"} | {is: "nowhere"}} Place
 */

/** @param {string} path @returns {Place} */
export function place(path) {
  if (path === "/" || path === "/index.html") return { is: "home" };
  if (path === "/new") return { is: "new" };
  if (path === "/join") return { is: "join" };
  if (path === "/sign-in") return { is: "sign-in" };
  if (path === "/verify") return { is: "verify" };
  if (path === "/people") return { is: "people" };
  if (path === "/search") return { is: "search" };
  if (path === "/account") return { is: "account" };
  if (path === "/enter") return { is: "enter" };
  if (path === "/organisations") return { is: "organisations" };
  const organisation = /^\/o\/([1-9][0-9]{0,17})$/.exec(path)?.[1];
  if (organisation !== undefined) return { is: "organisation", organisation };
  const profile = /^\/p\/([0-9a-f]{32})$/.exec(path)?.[1];
  if (profile !== undefined) return { is: "profile", profile };
  if (path === "/e/new") return { is: "new-event" };
  const event = /^\/e\/([0-9a-f]{32})$/.exec(path)?.[1];
  if (event !== undefined) return { is: "event", event };
  const [, room, page = "room"] =
    /^\/r\/([0-9a-f]{32})(?:\/(screen|outcome|archive|replay))?$/.exec(path) ?? [];
  const is = /** @type {"room" | "screen" | "outcome" | "archive" | "replay"} */ (page);
  return room === undefined ? { is: "nowhere" } : { is, room };
}

/** @param {string} name @returns {string | null} */
export function parameter(name) {
  return new URLSearchParams(location.search).get(name);
}

/** Writes a value into the address without a new entry in the history; null removes it. */
/** @param {string} name @param {string | null} value */
export function setParameter(name, value) {
  const address = new URL(location.href);
  if (value === null) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  if (address.href !== location.href) history.replaceState(null, "", address);
}

/** The scheme and host of the WebSocket. */
export function socketHost() {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}`;
}
