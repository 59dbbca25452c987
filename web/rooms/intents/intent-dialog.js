// Says what one would do with a project: the side, the step, and what stands on it.
import { h, useState } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";
import { me } from "../../app/me.js";
import { notices } from "../../app/notices.js";
import { Dialog } from "../../components/dialog.js";
import { FormProblem } from "../../components/fields.js";
import { AmountFields, readRange, writtenRange } from "./amount-fields.js";
import {
  COOPERATIONS,
  LADDERS,
  mayHaveAmount,
  needsCooperation,
  placeOf,
  sideText,
  stepText,
} from "./ladder.js";

/** @import { Room, Slot, WireError } from "../../types.d.ts" */
/** @import { Problem } from "../../components/fields.js" */
/** @import { RoomStore } from "../store.js" */
/** @import { Intent, Side } from "./types.d.ts" */

const LONGEST = 500; // characters of a note, as the room's rules allow

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Slot} props.slot
 * @param {Intent | null} props.intent the one that stands
 * @param {() => void} props.card asks for the name card
 * @param {() => void} props.close
 */
export function IntentDialog({ store, slot, intent, card, close }) {
  const complete = Boolean(me.person?.name && me.person.organisation && me.person.kind);
  return h(
    Dialog,
    { title: t("intents.giveFor", { title: slot.title }), close },
    complete ? h(IntentForm, { store, slot, intent, close }) : h(
      "div",
      null,
      h("p", null, t("intents.cardFirst")),
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          {
            type: "button",
            class: "primary",
            onClick: () => {
              close();
              card();
            },
          },
          t("intents.completeCard"),
        ),
        h("button", { type: "button", onClick: close }, t("common.back")),
      ),
    ),
  );
}

/** @param {{store: RoomStore, slot: Slot, intent: Intent | null, close: () => void}} props */
function IntentForm({ store, slot, intent, close }) {
  const subject = store.room?.subject ?? "project";
  const [side, setSide] = useState(/** @type {Side} */ (intent?.side ?? sideOf(store)));
  const [step, setStep] = useState(intent?.step ?? "follow");
  const [written, setWritten] = useState(() => writtenRange(intent?.amount));
  const [cooperation, setCooperation] = useState(intent?.cooperation ?? "development");
  const [note, setNote] = useState(intent?.note ?? "");
  const [shared, setShared] = useState(intent?.shared ?? false);
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);
  const withAmount = mayHaveAmount(side, step);

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const amount = withAmount ? readRange(written) : "none";
    if (amount === "wrong" || (amount === "none" && step === "amount")) {
      setProblem({ field: "least", text: t(`intents.amount.${amount}`) });
      return;
    }
    setBusy(true);
    try {
      await store.send("intent.give", {
        ...{ slot: slot.id, side, step, shared },
        ...(amount === "none" ? {} : { amount }),
        ...(needsCooperation(side, step) ? { cooperation } : {}),
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      });
      notices.show(t("intents.given"));
      close();
    } catch (error) {
      setProblem({ field: "", text: errorText(/** @type {WireError} */ (error)) });
      setBusy(false);
    }
  };

  return h(
    "form",
    { onSubmit: submit, noValidate: true, class: "intent-form" },
    h(FormProblem, { problem }),
    !intent && h(
      "fieldset",
      { class: "choices" },
      h("legend", null, t("intents.side")),
      /** @type {const} */ (["investor", "enterprise"]).map((one) =>
        h(
          "label",
          { key: one, class: "choice" },
          h("input", {
            type: "radio",
            name: "side",
            checked: side === one,
            onChange: () => {
              setSide(one);
              setStep("follow");
            },
          }),
          sideText(one, subject),
        )
      ),
    ),
    h(Steps, { side, step, subject, from: intent?.step ?? "follow", choose: setStep }),
    needsCooperation(side, step) && h(
      "label",
      { class: "field" },
      h("span", null, t("intents.cooperation")),
      h(
        "select",
        {
          value: cooperation,
          onChange: (/** @type {any} */ event) => setCooperation(event.target.value),
        },
        COOPERATIONS.map((one) =>
          h("option", { key: one, value: one }, t(`intents.cooperation.${one}`))
        ),
      ),
    ),
    withAmount && h(AmountFields, { written, edit: setWritten, problem }),
    h(
      "label",
      { class: "field" },
      h("span", null, t("intents.note")),
      h("textarea", {
        rows: 3,
        maxLength: LONGEST,
        value: note,
        onInput: (/** @type {any} */ event) => setNote(event.target.value),
      }),
    ),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked: shared,
        onChange: (/** @type {any} */ event) => setShared(event.target.checked),
      }),
      t("intents.share"),
    ),
    h("p", { class: "quiet" }, t("intents.notBinding")),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: busy }, t("intents.send")),
      h("button", { type: "button", onClick: close }, t("common.back")),
    ),
  );
}

/**
 * The ladder; steps below the one that stands cannot be taken.
 * @param {{side: Side, step: string, subject: Room["subject"], from: string, choose: (step: string) => void}} props
 */
function Steps({ side, step, subject, from, choose }) {
  return h(
    "fieldset",
    { class: "choices steps" },
    h("legend", null, t("intents.step")),
    LADDERS[side].map((one) =>
      h(
        "label",
        { key: one, class: "choice" },
        h("input", {
          type: "radio",
          name: "step",
          checked: step === one,
          disabled: placeOf(side, one) < placeOf(side, from),
          onChange: () => choose(one),
        }),
        stepText(one, subject),
      )
    ),
  );
}

/** Who came as an entrepreneur stands on that side, and so does who solves a demand. @param {RoomStore} store @returns {Side} */
function sideOf(store) {
  if (store.room?.subject === "demand") return "enterprise";
  return !store.is("investor") && me.person?.kind === "entrepreneur" ? "enterprise" : "investor";
}
