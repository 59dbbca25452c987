// Why a list did not come, in a line where it would stand, and the way to ask again.
import { h } from "../vendor/preact.js";
import { errorText, t } from "../app/i18n.js";

/** @import { ApiError } from "../app/api.js" */

/** @param {{error: ApiError, again: () => void, small?: boolean}} props */
export function LoadProblem({ error, again, small = false }) {
  return h(
    "p",
    { class: "problem", role: "alert" },
    errorText(error),
    " ",
    h(
      "button",
      { type: "button", class: small ? "small" : undefined, onClick: again },
      t("common.tryAgain"),
    ),
  );
}
