// The people panel: who waits, who is in, who was sent out; found on the server, shown a page at a time.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { ApiError, getJSON } from "../../app/api.js";
import { number, t } from "../../app/i18n.js";
import { Lazy } from "../../components/lazy.js";
import { hallPanel } from "../hall/parts.js";
import { ROLES } from "../roles.js";
import { InvitePanel } from "./invite-panel.js";
import { PersonRow } from "./person-row.js";
import { LoadProblem } from "../../components/load-problem.js";

/** @import { Attendant, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const PAGE = 50; // people shown at first, and with each press of "more"
const PAUSE = 300; // milliseconds without a change before the list is asked for again
const COUNTED = [
  "all",
  "waiting",
  "here",
  "on_site",
  "remote",
  "muted",
  "declined",
  "removed",
  "banned",
];

/**
 * @typedef {{is: "loading"} | {is: "failed", error: ApiError}
 *   | {is: "shown", people: Attendant[], total: number, counts: Record<string, number>}} State
 */

/** @param {{store: RoomStore, room: Room, id: string}} props */
export function People({ store, room, id }) {
  const [query, setQuery] = useState("");
  const [filter, setFilter] = useState("all");
  const [shown, setShown] = useState(PAGE);
  const [again, setAgain] = useState(0);
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const latest = useRef(0);
  useEffect(() => {
    latest.current += 1;
    const ask = latest.current;
    const load = async () => {
      try {
        const answer = await fetchPeople(id, query, filter, shown);
        if (ask === latest.current) setState({ is: "shown", ...answer });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (ask === latest.current) setState({ is: "failed", error });
      }
    };
    const timer = setTimeout(load, state.is === "loading" ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [store.peopleChanged, query, filter, shown, again, id]);
  /** @param {string} next */
  const choose = (next) => {
    setFilter(next);
    setShown(PAGE);
  };
  const moderator = store.is("moderator");
  const counts = state.is === "shown" ? state.counts : {};
  return h(
    "div",
    {
      class: "scroll people-panel",
      tabIndex: 0,
      role: "region",
      "aria-label": t("tab.people"),
      "data-scrolls": true,
    },
    moderator && h(InvitePanel, { room, id }),
    moderator && h(Lazy, { load: hallPanel, given: { room, id }, meanwhile: null }),
    moderator && store.waiting > 0 && h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", class: "primary", onClick: () => store.order("member.admit_all") },
        t("people.admitAll", { n: store.waiting }),
      ),
    ),
    h(
      "div",
      { class: "people-tools", role: "search" },
      h(
        "label",
        { class: "field" },
        h("span", null, t("people.search")),
        h("input", {
          type: "search",
          value: query,
          maxLength: 100,
          onInput: (/** @type {any} */ event) => {
            setQuery(event.target.value);
            setShown(PAGE);
          },
        }),
      ),
      h(
        "label",
        { class: "field" },
        h("span", null, t("people.filter")),
        h(
          "select",
          {
            value: filter,
            onChange: (/** @type {any} */ event) => choose(event.target.value),
          },
          COUNTED.map((one) =>
            h(
              "option",
              { key: one, value: one },
              counts[one] === undefined ? t(`people.filter.${one}`) : t("people.counted", {
                filter: t(`people.filter.${one}`),
                count: number(counts[one]),
              }),
            )
          ),
          h(
            "optgroup",
            { label: t("people.byRole") },
            ROLES.map((role) =>
              h("option", { key: role, value: `role:${role}` }, t(`role.${role}`))
            ),
          ),
        ),
      ),
    ),
    h(List, { store, room, state, retry: () => setAgain(again + 1) }),
    state.is === "shown" && state.people.length < state.total && h(
      "button",
      { type: "button", class: "earlier", onClick: () => setShown(shown + PAGE) },
      t("people.more", { n: state.total - state.people.length }),
    ),
  );
}

/** @param {{store: RoomStore, room: Room, state: State, retry: () => void}} props */
function List({ store, room, state, retry }) {
  if (state.is === "loading") return h("p", { class: "empty" }, t("common.loading"));
  if (state.is === "failed") {
    return h(LoadProblem, { error: state.error, again: retry });
  }
  if (state.people.length === 0) return h("p", { class: "empty" }, t("people.nobody"));
  return h(
    "ul",
    { class: "attendants" },
    state.people.map((person) => h(PersonRow, { key: person.member, store, room, person })),
  );
}

/**
 * So many people as are shown, in as many requests as that takes.
 * @param {string} room @param {string} query @param {string} filter @param {number} wanted
 */
async function fetchPeople(room, query, filter, wanted) {
  /** @type {Attendant[]} */
  let people = [];
  let answer;
  do {
    const parameters = new URLSearchParams({
      q: query.trim(),
      filter,
      from: String(people.length),
      limit: String(Math.min(100, wanted - people.length)),
    });
    answer = await getJSON(`/api/v1/rooms/${room}/people?${parameters}`);
    people = [...people, ...answer.people];
  } while (people.length < Math.min(wanted, answer.total) && answer.people.length > 0);
  return { people, total: answer.total, counts: answer.counts };
}
