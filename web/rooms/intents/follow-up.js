// Weeks after the roadshow: what became of an intent, as each side says it.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";

/** @import { RoomStore } from "../store.js" */
/** @import { Intent } from "./types.d.ts" */

const OUTCOMES = ["in_talks", "materials_exchanged", "signed", "ended"];
const LONGEST = 500; // characters, as the room's rules allow

/** @param {{store: RoomStore, intent: Intent, party: "author" | "presenter"}} props */
export function FollowUpForm({ store, intent, party }) {
  const said = intent.followUps.find((one) => one.party === party);
  const [outcome, setOutcome] = useState(said?.outcome ?? OUTCOMES[0]);
  const [note, setNote] = useState("");
  const { slot, member, due } = intent;
  return h(
    "details",
    { class: "fold", open: due !== undefined },
    h(
      "summary",
      null,
      due === undefined ? t("intents.followUp") : t("intents.followUpDue", { days: due }),
    ),
    h(
      "form",
      {
        onSubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          const words = note.trim() === "" ? {} : { note: note.trim() };
          store.send("intent.follow_up", { slot, member, party, outcome, ...words })
            .then(() => notices.show(t("intents.followUpDone")), () => {}); // The notice was given.
        },
      },
      h(
        "label",
        { class: "field" },
        h("span", null, t("intents.outcome")),
        h(
          "select",
          {
            value: outcome,
            onChange: (/** @type {any} */ event) => setOutcome(event.target.value),
          },
          OUTCOMES.map((one) => h("option", { key: one, value: one }, t(`intents.outcome.${one}`))),
        ),
      ),
      h(
        "label",
        { class: "field" },
        h("span", null, t("intents.note")),
        h("input", {
          value: note,
          maxLength: LONGEST,
          onInput: (/** @type {any} */ event) => setNote(event.target.value),
        }),
      ),
      h("p", { class: "actions" }, h("button", { type: "submit" }, t("intents.followUpSend"))),
    ),
  );
}
