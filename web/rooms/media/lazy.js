// A part of the page that loads when it is needed first: most people never speak.
import { useEffect, useState } from "../../vendor/preact.js";

const AGAIN = 5_000; // milliseconds

/**
 * @template T
 * @param {() => Promise<T>} load @param {boolean} wanted
 * @returns {T | null} null until it is there
 */
export function useLazy(load, wanted) {
  const [loaded, setLoaded] = useState(/** @type {{it: T} | null} */ (null));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!wanted || loaded) return;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    load().then((it) => setLoaded({ it }), () => {
      timer = setTimeout(() => setTries(tries + 1), AGAIN);
    });
    return () => clearTimeout(timer);
  }, [wanted, loaded !== null, tries]);
  return loaded?.it ?? null;
}
