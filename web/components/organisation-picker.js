// Finds one organisation by its name: those that are verified, and one's own.
import { h, useEffect, useState } from "../vendor/preact.js";
import { ApiError, getJSON } from "../app/api.js";
import { errorText, t } from "../app/i18n.js";
import { nameOf } from "../app/names.js";

/** @import { Organisation } from "../types.d.ts" */

const PAUSE = 250; // milliseconds after the last letter
const MOST = 6; // results that are shown

/**
 * @param {object} props
 * @param {string} props.label
 * @param {Organisation | null} props.chosen
 * @param {(one: Organisation | null) => void} props.choose
 * @param {string} [props.but] the id of one that is not offered
 */
export function OrganisationPicker({ label, chosen, choose, but }) {
  const [words, setWords] = useState("");
  const [found, setFound] = useState(/** @type {Organisation[] | null} */ (null));
  const [problem, setProblem] = useState("");
  useEffect(() => {
    setFound(null);
    if (words.trim() === "") return;
    const timer = setTimeout(async () => {
      try {
        const query = new URLSearchParams({ q: words.trim() });
        const { organisations } = await getJSON(`/api/v1/organisations?${query}`);
        setFound(organisations.filter((/** @type {Organisation} */ { id }) => id !== but));
        setProblem("");
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        setProblem(errorText(error));
      }
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  if (chosen) {
    return h(
      "div",
      { class: "field", role: "group", "aria-label": label },
      h("span", null, label),
      h(
        "p",
        { class: "picked" },
        h("strong", null, nameOf(chosen)),
        h("button", { type: "button", onClick: () => choose(null) }, t("picker.clear")),
      ),
    );
  }
  return h(
    "div",
    { class: "field" },
    h(
      "label",
      { class: "field" },
      h("span", null, label),
      h("input", {
        type: "search",
        value: words,
        maxLength: 100,
        placeholder: t("picker.hint"),
        onInput: (/** @type {any} */ event) => setWords(event.target.value),
      }),
    ),
    h(
      "div",
      { "aria-live": "polite" },
      problem && h("p", { class: "problem" }, problem),
      found?.length === 0 && h("p", { class: "quiet" }, t("organisations.none")),
      found && found.length > 0 && h(
        "ul",
        { class: "picker" },
        found.slice(0, MOST).map((one) =>
          h(
            "li",
            { key: one.id },
            h("button", { type: "button", onClick: () => choose(one) }, nameOf(one)),
          )
        ),
      ),
    ),
  );
}
