// Which of one's organisations stands with one's name in rooms.
import { h, useEffect, useState } from "../vendor/preact.js";
import { ApiError, getJSON, postJSON } from "../app/api.js";
import { errorText, t } from "../app/i18n.js";
import { me } from "../app/me.js";
import { notices } from "../app/notices.js";
import { Standing } from "./standing.js";

/** @import { Organisation } from "../types.d.ts" */
/** @typedef {{shown: string | null, organisations: Organisation[]}} Choice */
/** @typedef {{is: "loading"} | {is: "failed", error: ApiError} | {is: "ready", choice: Choice}} State */

export function ShownOrganisationSection() {
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  // What is on its way to the server; shown as chosen until it answers.
  const [wanted, setWanted] = useState(/** @type {string | null | undefined} */ (undefined));
  const load = () =>
    getJSON("/api/v1/account/organisations").then(
      (choice) => setState({ is: "ready", choice: /** @type {Choice} */ (choice) }),
      (error) => setState({ is: "failed", error }),
    );
  useEffect(() => {
    load();
  }, []);
  /** @param {string | null} shown */
  const choose = async (shown) => {
    if (wanted !== undefined) return; // One at a time: answers come in order then.
    setWanted(shown);
    try {
      const choice = await postJSON("/api/v1/account/organisations", { shown });
      setState({ is: "ready", choice: /** @type {Choice} */ (choice) });
      notices.show(t("shown.saved"));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      notices.refuse(error);
    } finally {
      setWanted(undefined);
    }
    await me.load().catch((error) => notices.refuse(error));
  };
  return h(
    "section",
    { class: "card", "aria-labelledby": "shown-organisation" },
    h("h2", { id: "shown-organisation" }, t("shown.title")),
    content(),
  );

  function content() {
    if (state.is === "loading") return h("p", { class: "quiet" }, t("common.loading"));
    if (state.is === "failed") {
      return [
        h("p", { class: "problem", role: "alert" }, errorText(state.error)),
        h(
          "p",
          { class: "actions" },
          h("button", { type: "button", onClick: load }, t("common.tryAgain")),
        ),
      ];
    }
    const { organisations } = state.choice;
    const shown = wanted === undefined ? state.choice.shown : wanted;
    if (organisations.length === 0) {
      return [
        h("p", { class: "quiet" }, t("shown.none")),
        h("p", null, h("a", { href: "/organisations" }, t("shown.find"))),
      ];
    }
    return h(
      "fieldset",
      { class: "shown-choices" },
      h("legend", { class: "quiet" }, t("shown.why")),
      organisations.map((one) =>
        h(
          "label",
          { class: "choice", key: one.id },
          radio(one.id, shown),
          h("span", null, one.name),
          h(Standing, { standing: one.standing }),
        )
      ),
      h("label", { class: "choice" }, radio(null, shown), h("span", null, t("shown.typed"))),
    );
  }

  /** @param {string | null} id @param {string | null} shown */
  function radio(id, shown) {
    return h("input", {
      type: "radio",
      name: "shown",
      checked: id === shown,
      onChange: () => choose(id),
    });
  }
}
