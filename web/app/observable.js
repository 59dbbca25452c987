// A value that tells its listeners when it changed, and the hook that renders along with it.
import { useEffect, useReducer, useState } from "../vendor/preact.js";

export class Observable {
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {() => void} listener @returns {() => void} ends it */
  listen(listener) {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  changed() {
    for (const listener of this.#listeners) listener();
  }
}

/** Renders the caller anew at each change. @param {Observable} observable */
export function useObservable(observable) {
  const [, again] = useReducer(
    (/** @type {number} */ count, /** @type {void} */ _) => count + 1,
    0,
  );
  useEffect(() => observable.listen(again), [observable]);
}

/** By their milliseconds. @type {Map<number, Observable>} */
const beats = new Map();

/** @param {number} milliseconds @returns {Observable} what changes so often, from the first asking on */
function beat(milliseconds) {
  let found = beats.get(milliseconds);
  if (!found) {
    found = new Observable();
    setInterval(() => found?.changed(), milliseconds);
    beats.set(milliseconds, found);
  }
  return found;
}

/** Renders the caller anew every so many milliseconds: two clocks on a page turn at once. */
/** @param {number} milliseconds */
export function useTick(milliseconds) {
  useObservable(beat(milliseconds));
}

/** Whether a media query holds, followed as it changes. @param {string} query */
export function useMedia(query) {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const changed = () => setHolds(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, [query]);
  return holds;
}
