// A sign-in link: its token stands behind the #, is exchanged once and leaves the address.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError, useInvitation } from "../api.js";
import { errorText, t } from "../i18n.js";
import { SiteHeader } from "../../components/site-header.js";
import { StateCard } from "../../components/state-card.js";

/**
 * `put_off`: nothing is wrong with the link as far as is known, it can be tried again.
 * @typedef {{is: "busy"} | {is: "naming", problem: string} | {is: "put_off", error: ApiError}
 *   | {is: "failed", error: {code: string}}} State
 */

export function JoinPage() {
  const [token] = useState(() => location.hash.slice(1));
  const [state, setState] = useState(/** @type {State} */ ({ is: "busy" }));
  const [name, setName] = useState("");

  /** @param {string} [asName] */
  const enter = async (asName) => {
    setState({ is: "busy" });
    try {
      const { room } = await useInvitation({ token, name: asName });
      location.replace(room ? `/r/${room}` : "/");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setState(after(error, asName));
    }
  };
  useEffect(() => {
    history.replaceState(null, "", "/join"); // The token leaves the address and the history.
    if (token === "") setState({ is: "failed", error: { code: "invite.invalid" } });
    else enter();
  }, []);
  return [
    h(SiteHeader, {}),
    h("main", { id: "main", class: "page narrow", tabIndex: -1 }, content()),
  ];

  function content() {
    const home = { href: "/", text: t("common.home") };
    if (state.is === "busy") {
      return h(StateCard, { heading: true, title: t("join.busy"), busy: true });
    }
    if (state.is === "failed") {
      const text = errorText(state.error);
      return h(StateCard, { heading: true, title: t("join.failed"), text, link: home });
    }
    if (state.is === "put_off") {
      return h(StateCard, {
        heading: true,
        title: t("join.putOff"),
        text: `${errorText(state.error)} ${t("join.kept")}`,
        button: { run: () => enter(name.trim() || undefined), text: t("common.tryAgain") },
        link: home,
      });
    }
    const { problem } = state;
    return h(
      "form",
      {
        class: "card",
        noValidate: true,
        onSubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          if (name.trim() === "") setState({ is: "naming", problem: t("card.nameMissing") });
          else enter(name.trim());
        },
      },
      h("h1", null, t("join.nameTitle")),
      h("p", { class: "quiet" }, t("join.nameWhy")),
      h(
        "label",
        { class: "field" },
        h("span", null, t("card.name")),
        h("input", {
          value: name,
          required: true,
          maxLength: 40,
          autocomplete: "name",
          "aria-invalid": problem ? "true" : undefined,
          "aria-describedby": problem ? "name-problem" : undefined,
          onInput: (/** @type {any} */ event) => setName(event.target.value),
        }),
      ),
      problem && h("p", { class: "problem", role: "alert", id: "name-problem" }, problem),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", class: "primary" }, t("join.enter")),
      ),
    );
  }
}

/** What a refusal makes of the page. @param {ApiError} error @param {string} [asName] @returns {State} */
function after(error, asName) {
  // A link without a name asks for one, and for another where the first was refused; it is not spent.
  if (error.code === "card.malformed") {
    return { is: "naming", problem: asName === undefined ? "" : errorText(error) };
  }
  const again = error.action === "wait" || error.action === "reload";
  return again ? { is: "put_off", error } : { is: "failed", error };
}
