// Where a page is for organisers: it is not this person's, or whether it is cannot be told.
import { h } from "../../vendor/preact.js";
import { ApiError } from "../api.js";
import { errorText, t } from "../i18n.js";
import { me } from "../me.js";
import { StateCard } from "../../components/state-card.js";

/** @param {{error: ApiError}} props */
export function Unknown({ error }) {
  /** @param {unknown} failure */
  const stillNot = (failure) => {
    if (!(failure instanceof ApiError)) throw failure;
  };
  return h(StateCard, {
    heading: true,
    title: t("room.unreachable"),
    text: errorText(error),
    button: { run: () => me.load().catch(stillNot), text: t("common.tryAgain") },
  });
}

/** @param {{text: string}} props */
export function Denied({ text }) {
  const link = { href: "/", text: t("common.home") };
  return h(StateCard, { heading: true, title: t("new.denied"), text, link });
}
