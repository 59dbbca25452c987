// Texts on their way: shown as sending, and given back with the reason when refused.
import { h } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";

/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, type: "chat.say" | "question.ask", channel?: string}} props */
export function OutgoingTexts({ store, type, channel }) {
  return store.outgoing.filter((text) => text.type === type && text.data.channel === channel).map((
    text,
  ) =>
    h(
      "li",
      { key: text.id, class: text.failed ? "said outgoing failed" : "said outgoing" },
      h("p", { class: "said-text" }, text.data.text),
      text.failed
        ? h(
          "p",
          { class: "problem" },
          t("outgoing.failed", { why: errorText(text.failed) }),
          h(
            "button",
            { type: "button", onClick: () => store.writeAgain(text) },
            t("outgoing.again"),
          ),
          h(
            "button",
            { type: "button", onClick: () => store.discard(text) },
            t("outgoing.discard"),
          ),
        )
        : h("p", { class: "quiet" }, t("outgoing.sending")),
    )
  );
}
