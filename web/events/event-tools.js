// What an event's organiser does beside changing it: a room of its own, the code, taking it away.
import { h, useState } from "../vendor/preact.js";
import { ApiError, deleteAt, getJSON, postJSON } from "../app/api.js";
import { t } from "../app/i18n.js";
import { notices } from "../app/notices.js";
import { CopyButton } from "../components/copy-button.js";
import { ReasonDialog } from "../components/reason-dialog.js";

/** @import { EventShown } from "./types.d.ts" */

/** @param {{event: EventShown}} props */
export function EventTools({ event }) {
  const path = `/api/v1/events/${event.event}`;
  const [code, setCode] = useState("");
  const [asking, setAsking] = useState(/** @type {"renew" | "remove" | null} */ (null));
  /** @param {() => Promise<import("../types.d.ts").Fields>} run */
  const show = (run) =>
    run().then(({ code }) => setCode(code), (error) => {
      if (!(error instanceof ApiError)) throw error;
      notices.refuse(error);
    });
  const remove = () =>
    deleteAt(path).then(() => location.assign("/"), (error) => {
      if (!(error instanceof ApiError)) throw error;
      notices.refuse(error);
    });
  return h(
    "section",
    { class: "card", "aria-labelledby": "event-tools" },
    h("h2", { id: "event-tools" }, t("event.tools")),
    h("p", { class: "quiet" }, t("event.codeWhy")),
    code
      ? h(
        "p",
        { class: "actions" },
        h("strong", { class: "entry-code" }, code.replace(/(.{4})(.{4})/, "$1 $2")),
        h(CopyButton, {
          make: () => Promise.resolve(code),
          text: t("event.copyCode"),
          done: t("copy.done"),
        }),
        h(
          "button",
          { type: "button", onClick: () => setAsking("renew") },
          t("event.renewCode"),
        ),
      )
      : h(
        "p",
        { class: "actions" },
        h(
          "button",
          { type: "button", onClick: () => show(() => getJSON(`${path}/code`)) },
          t("event.showCode"),
        ),
      ),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", onClick: () => setAsking("remove") }, t("event.remove")),
    ),
    asking && h(ReasonDialog, {
      title: t(`event.${asking === "renew" ? "renewCode" : "remove"}`),
      text: t(`event.${asking}Why`),
      action: t(`event.${asking === "renew" ? "renewCode" : "remove"}`),
      reason: "none",
      run: () => asking === "renew" ? show(() => postJSON(`${path}/code`, {})) : remove(),
      close: () => setAsking(null),
    }),
  );
}
