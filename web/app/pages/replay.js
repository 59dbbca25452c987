// The replay's code and texts come behind this page: others need not know its parts.
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { part } from "../part.js";
import { Lazy } from "../../components/lazy.js";

const replay = async () =>
  (await part(import("../../replay/page.js"), {
    catalogues: ["replay", "polls"],
    styles: ["replay", "polls"],
  })).ReplayPage;

/** @param {{room: string}} props */
export function ReplayPage({ room }) {
  const meanwhile = h("p", { class: "empty" }, t("common.loading"));
  return h(Lazy, { load: replay, given: { room }, meanwhile });
}
