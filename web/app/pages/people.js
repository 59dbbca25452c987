// The people of the site, for those who run it: who has an account, and what they may do.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { getJSON, postJSON } from "../api.js";
import { parameter, setParameter } from "../address.js";
import { dayAndTime, errorText, t } from "../i18n.js";
import { me } from "../me.js";
import { notices } from "../notices.js";
import { Affiliation } from "../../components/affiliation.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { SiteHeader } from "../../components/site-header.js";
import { PendingCard, StateCard } from "../../components/state-card.js";

/** @import { Pending } from "../../components/state-card.js" */
/** @import { Fields } from "../../types.d.ts" */
/** @typedef {Pending | {is: "ready", people: Fields[], next: string | null}} State */

const PAUSE = 250; // milliseconds after the last letter

export function PeoplePage() {
  const [words, setWords] = useState(parameter("q") ?? "");
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const [closing, setClosing] = useState(/** @type {Fields | null} */ (null));

  /** @param {string} [after] */
  const load = (after) => {
    const query = new URLSearchParams({ q: words.trim() });
    if (after) query.set("after", after);
    return getJSON(`/api/v1/people?${query}`).then(
      ({ people, next }) =>
        setState((before) => ({
          is: "ready",
          people: after && before.is === "ready" ? [...before.people, ...people] : people,
          next: next ?? null,
        })),
      (error) => setState({ is: "failed", error }),
    );
  };
  useEffect(() => {
    setParameter("q", words.trim() || null);
    const timer = setTimeout(load, PAUSE);
    return () => clearTimeout(timer);
  }, [words]);

  /** @param {Fields} person @param {Fields} change */
  const change = (person, change) =>
    postJSON(`/api/v1/people/${person.id}`, change).then((changed) => {
      setState((before) =>
        before.is !== "ready" ? before : {
          ...before,
          people: before.people.map((one) => one.id === person.id ? changed : one),
        }
      );
      notices.show(t("directory.changed", { name: person.name }));
    }, (error) => notices.refuse(error));

  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page", tabIndex: -1 },
      h(
        "div",
        null,
        h("h1", null, t("directory.title")),
        h("p", { class: "lead" }, t("directory.lead")),
      ),
      state.is === "failed" && state.error.action !== "wait" ? null : h(
        "form",
        {
          class: "filters",
          role: "search",
          onSubmit: (/** @type {Event} */ e) => e.preventDefault(),
        },
        h(
          "label",
          { class: "field" },
          h("span", null, t("directory.search")),
          h("input", {
            type: "search",
            value: words,
            maxLength: 100,
            onInput: (/** @type {any} */ event) => setWords(event.target.value),
          }),
        ),
      ),
      content(),
    ),
    closing && h(ReasonDialog, {
      title: t("directory.close"),
      text: t("directory.closeWhy", { name: closing.name }),
      action: t("directory.close"),
      reason: "none",
      run: () => change(closing, { disabled: true }),
      close: () => setClosing(null),
    }),
  ];

  function content() {
    if (state.is !== "ready") {
      return h(PendingCard, {
        state,
        failed: t("directory.failed"),
        load: () => load(),
        final: (error) =>
          error.action !== "wait" && {
            title: t("directory.denied"),
            text: errorText(error),
            link: { href: "/", text: t("common.home") },
          },
      });
    }
    const { people, next } = state;
    if (people.length === 0) {
      return h(StateCard, { title: t("directory.none"), text: t("directory.noneText") });
    }
    return h(
      "section",
      { class: "card", "aria-label": t("directory.title") },
      h(
        "ul",
        { class: "people" },
        people.map((person) => h(Row, { key: person.id, person, change, close: setClosing })),
      ),
      next && h(
        "p",
        { class: "actions" },
        h("button", { type: "button", onClick: () => load(next) }, t("organisations.more")),
      ),
    );
  }
}

/**
 * @param {object} props
 * @param {Fields} props.person
 * @param {(person: Fields, change: Fields) => void} props.change
 * @param {(person: Fields) => void} props.close
 */
function Row({ person, change, close }) {
  const isMe = person.contact === me.account?.contact;
  /** @param {"organiser" | "operator"} right */
  const box = (right) =>
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked: person[right],
        disabled: isMe,
        "aria-label": `${person.name}: ${t(`directory.${right}`)}`,
        onChange: (/** @type {any} */ event) => change(person, { [right]: event.target.checked }),
      }),
      t(`directory.${right}`),
    );
  return h(
    "li",
    null,
    h(
      "div",
      { class: "person" },
      h("strong", null, person.name),
      h(
        "span",
        { class: "person-facts quiet" },
        h(Affiliation, { of: person.shown ?? { organisation: person.organisation } }),
        h("span", null, person.contact),
      ),
      h("span", { class: "quiet" }, t("directory.since", { at: dayAndTime(person.created) })),
    ),
    person.twoStep && h("span", { class: "standing verified" }, t("twoStep.title")),
    person.disabled && h("span", { class: "standing declined" }, t("directory.closed")),
    box("organiser"),
    box("operator"),
    !isMe && h(
      "button",
      {
        type: "button",
        "aria-label": `${
          t(person.disabled ? "directory.reopen" : "directory.close")
        }: ${person.name}`,
        onClick: () => person.disabled ? change(person, { disabled: false }) : close(person),
      },
      t(person.disabled ? "directory.reopen" : "directory.close"),
    ),
  );
}
