// An event of one's own: what is said of it; its rooms come next, on its page.
import { h, useState } from "../../vendor/preact.js";
import { postJSON } from "../api.js";
import { t } from "../i18n.js";
import { me } from "../me.js";
import { SiteHeader } from "../../components/site-header.js";
import { EventForm } from "../../events/event-form.js";
import { commandPrefix } from "../../rooms/command-queue.js";
import { Denied, Unknown } from "./denied.js";

export function NewEventPage() {
  // Sent again after a line that broke, it makes no second event.
  const [id] = useState(commandPrefix);
  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page", tabIndex: -1 },
      me.unknown ? h(Unknown, { error: me.unknown }) : me.person?.organiser
        ? h(EventForm, {
          title: t("event.new"),
          action: t("event.create"),
          submit: (body) => postJSON("/api/v1/events", { ...body, id }),
          done: ({ event }) => location.assign(`/e/${event}?edit=1`),
        })
        : h(Denied, { text: t("event.deniedText") }),
    ),
  ];
}
