// A person's page: what they say of themselves, and the verified organisations that they are in.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { getJSON } from "../api.js";
import { languageName, t } from "../i18n.js";
import { me } from "../me.js";
import { nameOf } from "../names.js";
import { Portrait } from "../../components/portrait.js";
import { RegionName } from "../../components/region-select.js";
import { SiteHeader } from "../../components/site-header.js";
import { Standing } from "../../components/standing.js";
import { PendingCard, StateCard } from "../../components/state-card.js";

/** @import { Pending } from "../../components/state-card.js" */
/** @import { Fields, Organisation, PersonPage } from "../../types.d.ts" */
/** @typedef {Pending | {is: "ready", person: PersonPage}} State */

/** @param {{profile: string}} props */
export function ProfilePage({ profile: id }) {
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const load = () => {
    setState({ is: "loading" });
    return getJSON(`/api/v1/people/${id}`).then(
      (/** @type {Fields} */ found) =>
        setState({ is: "ready", person: /** @type {PersonPage} */ (found) }),
      (error) => setState({ is: "failed", error }),
    );
  };
  // Who signs in may find it to be their own.
  useEffect(() => {
    load();
  }, [id, me.person]);
  return [
    h(SiteHeader, {}),
    h("main", { id: "main", class: "page narrow", tabIndex: -1 }, content()),
  ];

  function content() {
    if (state.is !== "ready") {
      return h(PendingCard, {
        state,
        heading: true,
        failed: t("profile.failed"),
        load,
        final: ({ code }) =>
          code === "not_found" && { title: t("profile.missing"), text: t("profile.missingText") },
        link: { href: "/", text: t("common.home") },
      });
    }
    const { person } = state;
    return [
      person.you && h(
        "p",
        { class: "own-page" },
        h("span", null, t(person.public ? "profile.isPublic" : "profile.isHidden")),
        h("a", { href: "/account" }, t("profile.change")),
      ),
      h(Head, { person }),
      h(Facts, { person }),
      person.organisations.length > 0 &&
      h(Organisations, { organisations: person.organisations }),
    ];
  }
}

/** @param {{person: PersonPage}} props */
function Head({ person: { name, picture, profile } }) {
  return h(
    "div",
    { class: "profile-head" },
    h(Portrait, { name, picture, alt: t("profile.pictureOf", { name }) }),
    h(
      "div",
      null,
      h("h1", null, name),
      profile.titles?.length > 0 && h("p", { class: "lead" }, profile.titles.join(t("list.comma"))),
      profile.kinds?.length > 0 && h(
        "ul",
        { class: "kinds", "aria-label": t("profile.kinds") },
        profile.kinds.map((/** @type {string} */ kind) =>
          h("li", { key: kind, class: "standing kind" }, t(`kind.${kind}`))
        ),
      ),
    ),
  );
}

/** @param {{person: PersonPage}} props */
function Facts({ person: { you, profile, organisations } }) {
  const { fields, region, languages, introduction } = profile;
  const rows = [
    fields?.length > 0 && ["profile.fields", fields.join(t("list.comma"))],
    region && ["organisation.region", h(RegionName, { code: region })],
    languages?.length > 0 &&
    ["profile.languages", languages.map(languageName).join(t("list.comma"))],
  ].filter(Boolean);
  if (rows.length === 0 && !introduction) {
    return organisations.length === 0 && h(StateCard, {
      title: t("profile.empty"),
      text: t(you ? "profile.emptyOwn" : "profile.emptyText"),
      link: you ? { href: "/account", text: t("profile.change") } : undefined,
    });
  }
  return h(
    "section",
    { class: "card", "aria-label": t("profile.about") },
    introduction && h("p", { class: "own-lines" }, introduction),
    rows.length > 0 && h(
      "dl",
      { class: "facts" },
      rows.map(([key, value]) => h("div", { key }, h("dt", null, t(key)), h("dd", null, value))),
    ),
  );
}

/** @param {{organisations: Organisation[]}} props */
function Organisations({ organisations }) {
  return h(
    "section",
    { class: "card", "aria-labelledby": "organisations" },
    h("h2", { id: "organisations" }, t("profile.organisations")),
    h(
      "ul",
      { class: "people" },
      organisations.map((one) =>
        h(
          "li",
          { key: one.id },
          h("strong", null, h("a", { href: `/o/${one.id}` }, nameOf(one))),
          h("span", { class: "quiet" }, t(`organisation.kind.${one.kind}`)),
          h(Standing, { standing: one.standing }),
        )
      ),
    ),
  );
}
