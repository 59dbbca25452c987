// Whoever scanned the hall's code is counted as there: at once, or as soon as a card is left.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError, postJSON } from "../../app/api.js";
import { errorText, t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";

/** @import { RoomStore } from "../store.js" */

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {string} props.code
 * @param {() => void} props.card asks for a name card
 * @param {() => void} props.done the code is of no more use
 */
export function CheckIn({ store, code, card, done }) {
  const [error, setError] = useState(/** @type {ApiError | null} */ (null));
  const { member, onSite } = store.you;
  const run = async () => {
    setError(null);
    try {
      await postJSON(`/api/v1/rooms/${store.id}/check-in`, { code });
      notices.show(t("hall.done"));
      done();
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      setError(problem);
    }
  };
  useEffect(() => {
    if (member === null) return;
    if (onSite) done();
    else run();
  }, [member]);
  if (error) {
    return h(
      "p",
      { class: "banner alarm check-in", role: "alert" },
      `${t("hall.failed")} ${errorText(error)}`,
      error.action !== "give_up" &&
        h("button", { type: "button", onClick: run }, t("common.tryAgain")),
      h("button", { type: "button", onClick: done }, t("hall.dismiss")),
    );
  }
  if (member !== null) return null;
  return h(
    "p",
    { class: "banner info check-in" },
    t("hall.cardFirst"),
    h("button", { type: "button", onClick: card }, t("hall.leaveCard")),
    h("button", { type: "button", onClick: done }, t("hall.notHere")),
  );
}
