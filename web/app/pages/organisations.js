// The organisations: those that are verified and one's own, by name, kind and place; and a new one.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { getJSON, postJSON } from "../api.js";
import { parameter, setParameter } from "../address.js";
import { number, t } from "../i18n.js";
import { me } from "../me.js";
import { nameOf } from "../names.js";
import { NameCardDialog } from "../../components/name-card.js";
import { ORGANISATION_KINDS, OrganisationForm } from "../../components/organisation-form.js";
import { RegionName, RegionSelect } from "../../components/region-select.js";
import { SiteHeader } from "../../components/site-header.js";
import { Standing } from "../../components/standing.js";
import { PendingCard, StateCard } from "../../components/state-card.js";

/** @import { Pending } from "../../components/state-card.js" */
/** @import { Organisation } from "../../types.d.ts" */
/** @typedef {Pending | {is: "ready", count: number, found: Organisation[]}} State */

const FILTERS = /** @type {const} */ (["q", "kind", "region", "standing"]);
const PAUSE = 250; // milliseconds after the last letter

export function OrganisationsPage() {
  const [filter, setFilter] = useState(() =>
    Object.fromEntries(FILTERS.map((name) => [name, parameter(name) ?? ""]))
  );
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const [dialog, setDialog] = useState(/** @type {"card" | null} */ (null));
  const [founding, setFounding] = useState(false);

  /** @param {number} offset */
  const load = (offset) => {
    const words = new URLSearchParams(filter);
    words.set("offset", String(offset));
    return getJSON(`/api/v1/organisations?${words}`).then(
      ({ count, organisations }) =>
        setState((before) => ({
          is: "ready",
          count,
          found: offset > 0 && before.is === "ready"
            ? [...before.found, ...organisations]
            : organisations,
        })),
      (error) => setState({ is: "failed", error }),
    );
  };
  useEffect(() => {
    for (const name of FILTERS) setParameter(name, filter[name] || null);
    const timer = setTimeout(() => load(0), PAUSE);
    return () => clearTimeout(timer);
  }, [filter, me.person?.operator]);

  /** @param {string} name @param {string} value */
  const choose = (name, value) => setFilter({ ...filter, [name]: value });
  /** @param {string} name */
  const edit = (name) => (/** @type {any} */ event) => choose(name, event.target.value);
  const begin = () => me.person ? setFounding(true) : setDialog("card");

  if (founding) {
    return [
      h(SiteHeader, {}),
      h(
        "main",
        { id: "main", class: "page", tabIndex: -1 },
        h(OrganisationForm, {
          title: t("organisations.new"),
          submit: (body) => postJSON("/api/v1/organisations", body),
          done: ({ id }) => location.assign(`/o/${id}`),
          cancel: () => setFounding(false),
        }),
      ),
    ];
  }
  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page", tabIndex: -1 },
      h(
        "div",
        { class: "page-title" },
        h(
          "div",
          null,
          h("h1", null, t("organisations.title")),
          h("p", { class: "lead" }, t("organisations.lead")),
        ),
        h("button", { type: "button", class: "primary", onClick: begin }, t("organisations.new")),
      ),
      h(
        "form",
        {
          class: "filters",
          role: "search",
          onSubmit: (/** @type {Event} */ e) => e.preventDefault(),
        },
        h(
          "label",
          { class: "field" },
          h("span", null, t("organisations.search")),
          h("input", { type: "search", value: filter.q, maxLength: 100, onInput: edit("q") }),
        ),
        h(
          "label",
          { class: "field" },
          h("span", null, t("organisation.kind")),
          h(
            "select",
            { value: filter.kind, onChange: edit("kind") },
            h("option", { value: "" }, t("organisations.anyKind")),
            ORGANISATION_KINDS.map((kind) =>
              h("option", { key: kind, value: kind }, t(`organisation.kind.${kind}`))
            ),
          ),
        ),
        h(RegionSelect, {
          value: filter.region,
          choose: (code) => choose("region", code),
          label: t("organisation.region"),
          depth: 2,
          isFilter: true,
        }),
        me.person?.operator && h(
          "label",
          { class: "field" },
          h("span", null, t("organisations.standing")),
          h(
            "select",
            { value: filter.standing, onChange: edit("standing") },
            h("option", { value: "" }, t("organisations.mine")),
            ["requested", "unverified", "declined", "verified"].map((one) =>
              h("option", { key: one, value: one }, t(`standing.${one}`))
            ),
          ),
        ),
      ),
      content(),
    ),
    dialog === "card" && h(NameCardDialog, {
      close: () => setDialog(null),
      done: () => setFounding(true),
    }),
  ];

  function content() {
    if (state.is !== "ready") {
      return h(PendingCard, { state, failed: t("organisations.failed"), load: () => load(0) });
    }
    if (state.found.length === 0) {
      const isFiltered = FILTERS.some((name) => filter[name]);
      return h(StateCard, {
        title: t(isFiltered ? "organisations.none" : "organisations.empty"),
        text: t(isFiltered ? "organisations.noneText" : "organisations.emptyText"),
      });
    }
    return h(
      "section",
      { "aria-labelledby": "found" },
      h(
        "h2",
        { id: "found", "aria-live": "polite" },
        t("organisations.found", { n: state.count, count: number(state.count) }),
      ),
      h(
        "ul",
        { class: "rooms" },
        state.found.map((one) => h(OrganisationCard, { key: one.id, organisation: one })),
      ),
      state.found.length < state.count && h(
        "p",
        { class: "actions" },
        h(
          "button",
          { type: "button", onClick: () => load(state.found.length) },
          t("organisations.more"),
        ),
      ),
    );
  }
}

/** @param {{organisation: Organisation}} props */
function OrganisationCard({ organisation }) {
  const { kind, level, region, standing, size } = organisation;
  return h(
    "li",
    { class: "room-card" },
    h(
      "p",
      { class: "room-facts" },
      h("span", null, t(`organisation.kind.${kind}`)),
      level && h("span", null, t(`organisation.level.${level}`)),
      h(Standing, { standing }),
    ),
    h("h3", null, h("a", { href: `/o/${organisation.id}` }, nameOf(organisation))),
    h(
      "p",
      { class: "quiet" },
      region && h(RegionName, { code: region }),
      region && " · ",
      t("organisation.size", { n: size, count: number(size) }),
    ),
  );
}
