// Takes a sign-in link: the token stands in the address' fragment and is exchanged once.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError, useInvitation } from "../api.js";
import { errorText, t } from "../i18n.js";
import { SiteHeader } from "../../components/site-header.js";
import { StateCard } from "../../components/state-card.js";

/** @typedef {{is: "busy"} | {is: "naming"} | {is: "failed", error: {code: string}}} State */

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
      // A link without a name asks for one; the link is not spent by that.
      setState(error.code === "card.malformed" ? { is: "naming" } : { is: "failed", error });
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
    if (state.is === "busy") {
      return h(StateCard, { heading: true, title: t("join.busy"), busy: true });
    }
    if (state.is === "failed") {
      return h(StateCard, {
        heading: true,
        title: t("join.failed"),
        text: errorText(state.error),
        link: { href: "/", text: t("common.home") },
      });
    }
    return h(
      "form",
      {
        class: "card",
        onSubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          enter(name.trim());
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
          onInput: (/** @type {any} */ event) => setName(event.target.value),
        }),
      ),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", class: "primary" }, t("join.enter")),
      ),
    );
  }
}
