// Messages that wait for approval, for moderators.
import { h } from "../../vendor/preact.js";
import { t, timeOfDay } from "../../app/i18n.js";
import { Affiliation } from "../../components/affiliation.js";

/** @import { ChatMessage } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, messages: ChatMessage[]}} props */
export function HeldMessages({ store, messages }) {
  if (messages.length === 0) return null;
  return h(
    "section",
    {
      class: "held-messages",
      "aria-label": t("held.title", { n: messages.length }),
      tabIndex: 0,
      "data-scrolls": true,
    },
    h("h2", null, t("held.title", { n: messages.length })),
    h(
      "ul",
      null,
      messages.map(({ seq, name, text, at, ...more }) =>
        h(
          "li",
          { key: seq },
          h(
            "p",
            { class: "said-by" },
            h("strong", null, name),
            h(Affiliation, { of: more, apart: true }),
            h("time", { class: "quiet", dateTime: new Date(at).toISOString() }, timeOfDay(at)),
          ),
          h("p", { class: "said-text" }, text),
          h(
            "p",
            { class: "actions" },
            h(
              "button",
              {
                type: "button",
                class: "small primary",
                "aria-label": t("held.approveOf", { name: name ?? "" }),
                onClick: () => store.order("chat.approve", { held: seq }),
              },
              t("held.approve"),
            ),
            h(
              "button",
              {
                type: "button",
                class: "small",
                "aria-label": t("held.declineOf", { name: name ?? "" }),
                onClick: () => store.order("chat.decline", { held: seq }),
              },
              t("held.decline"),
            ),
          ),
        )
      ),
    ),
  );
}
