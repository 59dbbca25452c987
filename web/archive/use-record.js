// The record that a desk looks through, read once and then as far as it grew.
import { useEffect, useRef, useState } from "../vendor/preact.js";
import { ApiError } from "../app/api.js";
import { readLog, record } from "./record.js";

/** @import { Merged } from "../types.d.ts" */
/** @import { Record } from "./types.d.ts" */
/** @typedef {{record: Record | null, error: ApiError | null, load: () => void}} Looked */

/** @param {string} id @param {number} seq the room's newest event @returns {Looked} */
export function useRecord(id, seq) {
  const events = useRef(/** @type {Merged[]} */ ([]));
  const reading = useRef(Promise.resolve());
  const [found, setFound] = useState(/** @type {Record | null} */ (null));
  const [error, setError] = useState(/** @type {ApiError | null} */ (null));
  const read = async () => {
    try {
      const newer = await readLog(id, events.current.at(-1)?.seq ?? 0);
      events.current = [...events.current, ...newer];
      setFound(record(events.current));
      setError(null);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    }
  };
  // One after another: what two read at once would stand there twice.
  const load = () => {
    reading.current = reading.current.then(read);
  };
  useEffect(load, [id, seq]);
  return { record: found, error, load };
}
