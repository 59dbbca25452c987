// What a page asks the server for once, and again when it did not come.
import { useEffect, useState } from "../vendor/preact.js";
import { ApiError, getJSON } from "./api.js";

/** @import { Fields } from "../types.d.ts" */
/** @typedef {{is: "loading"} | {is: "failed", error: ApiError} | {is: "shown", answer: Fields}} Answer */

/** @param {string} path @returns {[Answer, () => void]} and to ask again */
export function useAnswer(path) {
  const [state, setState] = useState(/** @type {Answer} */ ({ is: "loading" }));
  const load = async () => {
    setState({ is: "loading" });
    try {
      setState({ is: "shown", answer: await getJSON(path) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setState({ is: "failed", error });
    }
  };
  useEffect(() => {
    load();
  }, [path]);
  return [state, load];
}
