// The judges of a room, as the server lists them; asked for again when people change.
import { useEffect, useRef, useState } from "../../vendor/preact.js";
import { ApiError, getJSON } from "../../app/api.js";

/** @import { Attendant } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @typedef {{is: "loading"} | {is: "failed", error: ApiError} | {is: "shown", judges: Attendant[]}} Judges */

const MOST = 100; // that one request answers

/** @param {RoomStore} store @param {string} id @returns {[Judges, () => void]} and to ask again */
export function useJudges(store, id) {
  const [state, setState] = useState(/** @type {Judges} */ ({ is: "loading" }));
  const [again, setAgain] = useState(0);
  const latest = useRef(0);
  useEffect(() => {
    const ask = ++latest.current;
    getJSON(`/api/v1/rooms/${id}/people?filter=role:judge&limit=${MOST}`).then(
      ({ people }) => ask === latest.current && setState({ is: "shown", judges: people }),
      (error) => {
        if (!(error instanceof ApiError)) throw error;
        // What is shown stays: the next change asks again.
        if (ask === latest.current && state.is !== "shown") setState({ is: "failed", error });
      },
    );
  }, [store.peopleChanged, again, id]);
  return [state, () => setAgain(again + 1)];
}

/**
 * Who is to give a sheet for a slot, and has not.
 * @param {Attendant[]} judges @param {import("./types.d.ts").Judging} judging @param {string} slot
 */
export function missing(judges, judging, slot) {
  const has = (
    /** @type {{slot: string, member: string}[]} */ pairs = [],
    /** @type {string} */ member,
  ) => pairs.some((pair) => pair.slot === slot && pair.member === member);
  return judges.filter(({ member, slots = [] }) =>
    !slots.includes(slot) && !has(judging.recusals, member) && !has(judging.given, member)
  );
}
