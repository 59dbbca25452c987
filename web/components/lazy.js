// Parts of a page that are fetched when they are first shown, as most people never see them.
import { h, useEffect, useState } from "../vendor/preact.js";
import { t } from "../app/i18n.js";

const AGAIN = 5_000; // milliseconds

/** @import { Child, View } from "../vendor/preact.d.ts" */
/** @typedef {{is: "loading"} | {is: "failed"} | {is: "there", view: View<any>}} State */

/**
 * @template P
 * @param {object} props
 * @param {() => Promise<View<P>>} props.load
 * @param {P} props.given to it once it is there
 * @param {Child} [props.meanwhile] in its place; it then says nothing of its way, and tries again
 *   by itself
 */
export function Lazy({ load, given, meanwhile }) {
  const quiet = meanwhile !== undefined;
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const fetch = () => {
    setState({ is: "loading" });
    load().then((view) => setState({ is: "there", view }), () => setState({ is: "failed" }));
  };
  useEffect(fetch, []);
  useEffect(() => {
    if (!quiet || state.is !== "failed") return;
    const timer = setTimeout(fetch, AGAIN);
    return () => clearTimeout(timer);
  }, [state.is]);
  if (state.is === "there") return h(state.view, /** @type {any} */ (given));
  if (quiet) return meanwhile;
  if (state.is === "loading") return h("p", { class: "empty" }, t("common.loading"));
  return h(
    "p",
    { class: "problem part-missing", role: "alert" },
    t("studio.partMissing"),
    " ",
    h("button", { type: "button", class: "small", onClick: fetch }, t("common.tryAgain")),
  );
}

/**
 * The same behind a summary: fetched when it is first opened, kept while it is closed again.
 * @template P
 * @param {{text: string, label?: string, load: () => Promise<View<P>>, given: P}} props
 */
export function LazyFold({ text, label, load, given }) {
  const [wasOpen, setWasOpen] = useState(false);
  return h(
    "details",
    {
      class: "fold",
      onToggle: (/** @type {any} */ event) => setWasOpen(wasOpen || event.target.open),
    },
    h("summary", { "aria-label": label }, text),
    wasOpen && h(Lazy, { load, given }),
  );
}
