// Search over all that the reader may see: one field, what was found, and what narrows it down.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { getJSON } from "../api.js";
import { parameter, setParameter } from "../address.js";
import { number, t } from "../i18n.js";
import { me } from "../me.js";
import { SiteHeader } from "../../components/site-header.js";
import { PendingCard, StateCard } from "../../components/state-card.js";
import { Facets } from "../../search/facets.js";
import { HitCard } from "../../search/hit-card.js";
import { CHOICES, queryOf } from "../../search/query.js";

/** @import { Pending } from "../../components/state-card.js" */
/** @import { Choice, Found } from "../../search/query.js" */
/** @typedef {Pending | {is: "none"} | {is: "malformed"} | {is: "ready", found: Found}} State */

const PAUSE = 300; // milliseconds after the last letter
const LONGEST = 200;
const BUILDING_PAUSE = 3000; // milliseconds until a growing index is asked again

export function SearchPage() {
  const [words, setWords] = useState(parameter("q") ?? "");
  const [choice, setChoice] = useState(
    /** @type {Choice} */ (
      Object.fromEntries(CHOICES.map((name) => [name, parameter(name) ?? ""]))
    ),
  );
  const [state, setState] = useState(/** @type {State} */ ({ is: "none" }));
  const asked = useRef(0);

  /** @param {number} [after] */
  const load = async (after = 0) => {
    const mine = ++asked.current;
    if (words.trim() === "") return setState({ is: "none" });
    if (after === 0) setState((before) => before.is === "ready" ? before : { is: "loading" });
    try {
      const found = /** @type {Found} */ (await getJSON(queryOf(words, choice, after)));
      if (mine !== asked.current) return;
      setState((before) =>
        after > 0 && before.is === "ready"
          ? { is: "ready", found: { ...found, hits: [...before.found.hits, ...found.hits] } }
          : { is: "ready", found }
      );
    } catch (error) {
      if (mine !== asked.current) return;
      const isQuery = /** @type {any} */ (error).data?.field === "q";
      setState(isQuery ? { is: "malformed" } : { is: "failed", error: /** @type {any} */ (error) });
    }
  };
  const person = me.person?.name;
  useEffect(() => {
    setParameter("q", words.trim() || null);
    for (const name of CHOICES) setParameter(name, choice[name] || null);
    const timer = setTimeout(load, PAUSE);
    return () => clearTimeout(timer);
  }, [words, choice, person]);
  const isBuilding = state.is === "ready" && state.found.building !== undefined;
  useEffect(() => {
    if (!isBuilding) return;
    const timer = setTimeout(load, BUILDING_PAUSE);
    return () => clearTimeout(timer);
  }, [state]);

  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page search-page", tabIndex: -1 },
      h("h1", null, t("search.title")),
      h(
        "form",
        {
          class: "search-form",
          role: "search",
          onSubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            load();
          },
        },
        h(
          "label",
          { class: "field" },
          h("span", null, t("search.field")),
          h("input", {
            type: "search",
            value: words,
            maxLength: LONGEST,
            autofocus: words === "",
            onInput: (/** @type {any} */ event) => setWords(event.target.value),
          }),
        ),
        h("button", { type: "submit", class: "primary" }, t("search.run")),
      ),
      content(),
    ),
  ];

  function content() {
    switch (state.is) {
      case "none":
        return h(StateCard, { title: t("search.start"), text: t("search.startText") });
      case "malformed":
        return h(StateCard, { title: t("search.short"), text: t("search.shortText") });
      case "ready":
        return results(state.found);
      default:
        return h(PendingCard, { state, failed: t("search.failed"), load: () => load() });
    }
  }

  /** @param {Found} found */
  function results(found) {
    const isChosen = CHOICES.some((name) => choice[name] !== "");
    return [
      found.building && h(
        "p",
        { class: "search-building", role: "status" },
        t("search.building", { share: share(found.building) }),
      ),
      h(
        "div",
        { class: "search-columns" },
        h(Facets, { facets: found.facets, choice, choose: setChoice }),
        found.hits.length === 0
          ? h(StateCard, {
            title: t("search.nothing"),
            text: t(isChosen ? "search.nothingChosen" : "search.nothingText"),
            button: isChosen
              ? { run: () => setChoice(emptyChoice()), text: t("search.all") }
              : undefined,
          })
          : h(
            "section",
            { "aria-labelledby": "found" },
            h("h2", { id: "found", "aria-live": "polite" }, heading(found)),
            h(
              "ol",
              { class: "hits" },
              found.hits.map((hit, place) => h(HitCard, { key: place, hit })),
            ),
            found.next !== null && h(
              "p",
              { class: "actions" },
              h(
                "button",
                { type: "button", onClick: () => load(found.next ?? 0) },
                t("search.more"),
              ),
            ),
          ),
      ),
    ];
  }
}

/** @returns {Choice} */
function emptyChoice() {
  return /** @type {Choice} */ (Object.fromEntries(CHOICES.map((name) => [name, ""])));
}

/** @param {Found} found */
function heading(found) {
  const values = { n: found.count, count: number(found.count) };
  if (found.loose) return t("search.loose", values);
  return t(found.more ? "search.foundMany" : "search.found", values);
}

/** @param {{done: number, of: number}} progress */
function share({ done, of }) {
  return number(of === 0 ? 0 : Math.min(99, Math.floor((100 * done) / of)));
}
