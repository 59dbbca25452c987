// Which event a room stands in, and the way to its other halls.
import { h, useEffect, useState } from "../vendor/preact.js";
import { ApiError, getJSON } from "../app/api.js";
import { t } from "../app/i18n.js";

/** @import { EventProfile } from "./types.d.ts" */

/** @param {{id: string}} props */
export function AboutEvent({ id }) {
  const [found, setFound] = useState(
    /** @type {{hall: string | null, event: EventProfile} | null} */ (null),
  );
  useEffect(() => {
    getJSON(`/api/v1/rooms/${id}`).then(
      (room) => room.event && setFound(/** @type {any} */ (room)),
      (error) => {
        if (!(error instanceof ApiError)) throw error; // It is shown at the next visit of the tab.
      },
    );
  }, [id]);
  return found && h(
    "p",
    { class: "about-event" },
    t("about.partOf"),
    h("a", { href: `/e/${found.event.event}` }, found.event.title),
    found.hall && h("span", { class: "quiet" }, ` · ${found.hall}`),
  );
}
