// The list of disclosures (披露台账) of a closed matter: who signed, and who was sent what and when.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError, getJSON } from "../../app/api.js";
import { dayAndTime, errorText, number, t, texts } from "../../app/i18n.js";
import { Dialog } from "../../components/dialog.js";

/** @import { DisclosureRow } from "../../types.d.ts" */
/** @typedef {{rows: DisclosureRow[], total: number, signed: number, next: number | null}} Page */
/** @typedef {{is: "loading"} | {is: "failed", error: ApiError} | {is: "shown"} & Page} State */

const PAGE = 50; // rows shown at first, and with each press of "earlier"

/** @param {{id: string, close: () => void}} props */
export function Disclosures({ id, close }) {
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const base = `/api/v1/rooms/${id}/disclosures`;
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  /** @param {number | null} before @param {DisclosureRow[]} newer */
  const load = async (before, newer) => {
    setBusy(true);
    setProblem("");
    try {
      const from = before === null ? "" : `&before=${before}`;
      const answer = /** @type {Page} */ (await getJSON(`${base}?limit=${PAGE}${from}`));
      setState({ is: "shown", ...answer, rows: [...newer, ...answer.rows] });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // What is shown stays; the failure is said where more was asked for.
      if (before === null) setState({ is: "failed", error });
      else setProblem(errorText(error));
    }
    setBusy(false);
  };
  useEffect(() => {
    load(null, []);
  }, [id]);
  const offset = -new Date().getTimezoneOffset(); // minutes east of UTC
  return h(
    Dialog,
    { title: t("matter.list"), close },
    h("p", { class: "quiet" }, t("matter.listText")),
    state.is === "loading" && h("p", { role: "status" }, t("common.loading")),
    state.is === "failed" && h(
      "div",
      null,
      h("p", { class: "problem", role: "alert" }, errorText(state.error)),
      h("button", { type: "button", onClick: () => load(null, []) }, t("common.tryAgain")),
    ),
    state.is === "shown" && [
      h(
        "p",
        { role: "status" },
        t("matter.counts", { total: number(state.total), signed: number(state.signed) }),
      ),
      state.rows.length > 0 && h(
        "ol",
        { class: "disclosures", tabIndex: 0, "aria-label": t("matter.list") },
        state.rows.map((row) => h(Row, { key: row.seq, row })),
      ),
      state.next !== null && h(
        "button",
        {
          type: "button",
          class: "earlier",
          disabled: busy,
          onClick: () => load(state.next, state.rows),
        },
        t("matter.earlier"),
      ),
      problem && h("p", { class: "problem", role: "alert" }, problem),
      h(
        "p",
        { class: "actions" },
        h("a", {
          class: "button",
          href: `${base}?format=csv&lang=${texts.language}&offset=${offset}`,
          download: true,
        }, t("matter.csv")),
      ),
    ],
  );
}

/** @param {{row: DisclosureRow}} props */
function Row({ row }) {
  const { at, name, organisation, item, slot, slotTitle, page } = row;
  const place = [slotTitle ?? slot, page !== null && t("matter.page", { page })].filter(Boolean);
  return h(
    "li",
    null,
    h(
      "p",
      null,
      h("strong", null, name || t("people.erased")),
      organisation && h("span", { class: "quiet" }, organisation),
    ),
    h("p", null, [t(`matter.item.${item}`), ...place].join(" · ")),
    h("p", { class: "quiet" }, dayAndTime(at)),
  );
}
