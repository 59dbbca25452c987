// What narrows hits down: each value with how many there are, one of each sort chosen at a time.
import { h } from "../vendor/preact.js";
import { number, t } from "../app/i18n.js";

/** @import { Choice, Count, FacetCounts } from "./query.js" */

/** @type {{name: keyof Choice, counts: keyof FacetCounts}[]} */
const SORTS = [
  { name: "kind", counts: "kinds" },
  { name: "state", counts: "states" },
  { name: "year", counts: "years" },
  { name: "field", counts: "fields" },
];

/** @param {{facets: FacetCounts, choice: Choice, choose: (choice: Choice) => void}} props */
export function Facets({ facets, choice, choose }) {
  return h(
    "div",
    { class: "facets" },
    SORTS.map(({ name, counts }) =>
      h(Sort, {
        key: name,
        name,
        counts: facets[counts],
        chosen: choice[name],
        choose: (value) => choose({ ...choice, [name]: value }),
      })
    ),
  );
}

/** @param {{name: string, counts: Count[], chosen: string, choose: (value: string) => void}} props */
function Sort({ name, counts, chosen, choose }) {
  // What is chosen can always be taken back, also where nothing is left of it.
  const isKnown = chosen === "" || counts.some(({ value }) => value === chosen);
  const shown = isKnown ? counts : [...counts, { value: chosen, count: 0 }];
  if (shown.length === 0 || (shown.length === 1 && chosen === "")) return null;
  return h(
    "div",
    { class: "facet", role: "group", "aria-label": t(`search.by.${name}`) },
    h("h2", { "aria-hidden": "true" }, t(`search.by.${name}`)),
    h(
      "ul",
      null,
      shown.map(({ value, count }) =>
        h(
          "li",
          { key: value },
          h(
            "button",
            {
              type: "button",
              class: "facet-value",
              "aria-pressed": value === chosen ? "true" : "false",
              onClick: () => choose(value === chosen ? "" : value),
            },
            h("span", null, nameOf(name, value)),
            h("span", { class: "facet-count" }, number(count)),
          ),
        )
      ),
    ),
  );
}

/** @param {string} name @param {string} value */
function nameOf(name, value) {
  return name === "kind" || name === "state" ? t(`search.${name}.${value}`) : value;
}
