// Where a new room stands in an event (活动), if its address names one.
import { h } from "../../vendor/preact.js";
import { useAnswer } from "../answer.js";
import { parameter } from "../address.js";
import { t } from "../i18n.js";

/** The event that the address asks for; empty for none. */
export function eventAsked() {
  return /^[0-9a-f]{32}$/.exec(parameter("event") ?? "")?.[0] ?? "";
}

/** @param {{event: string, hall: string, change: (hall: string) => void}} props */
export function PlaceField({ event, hall, change }) {
  const [state] = useAnswer(`/api/v1/events/${event}`);
  const title = state.is === "shown" ? state.answer.title : "…";
  return h(
    "label",
    { class: "field" },
    h("span", null, t("new.hall")),
    h("span", { class: "quiet", id: "hall-hint" }, t("new.hallHint", { title })),
    h("input", {
      name: "hall",
      value: hall,
      maxLength: 200,
      "aria-describedby": "hall-hint",
      placeholder: t("new.hallExample"),
      onInput: (/** @type {any} */ event) => change(event.target.value),
    }),
  );
}
