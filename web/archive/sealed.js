// A sealed record: who reads it and until when, its bundles, how to check them, what was added since.
import { h, useState } from "../vendor/preact.js";
import { ApiError, postJSON } from "../app/api.js";
import { useAnswer } from "../app/answer.js";
import { byteCount, dayAndTime, t } from "../app/i18n.js";
import { notices } from "../app/notices.js";
import { CopyButton } from "../components/copy-button.js";
import { fact } from "../components/fact.js";
import { ReasonDialog } from "../components/reason-dialog.js";
import { StateCard } from "../components/state-card.js";
import { Consents } from "./consents.js";
import { TermsForm } from "./terms-form.js";

/** @import { RoomStore } from "../rooms/store.js" */
/** @import { Bundle, Desk } from "./types.d.ts" */

const LONGEST = 2_000; // characters, as the room's rules allow

/** @param {{store: RoomStore, id: string, desk: Desk, load: () => void}} props */
export function Sealed({ store, id, desk, load }) {
  const staff = desk.tasks !== undefined;
  const writes = store.is("moderator");
  return [
    h(Facts, { desk }),
    !desk.shown && h(StateCard, { title: t("archive.kept"), text: t("archive.keptText") }),
    desk.shown && h(Bundles, { id, desk, staff, load }),
    desk.shown && h(Proof, { id, desk }),
    (desk.supplements.length > 0 || writes) && h(Supplements, { store, desk, writes }),
    desk.consents.length > 0 && h(
      "section",
      { "aria-labelledby": "consents" },
      h("h2", { id: "consents" }, t(staff ? "archive.step.consents" : "archive.ownConsent")),
      h("p", { class: "quiet" }, t("archive.takenBack")),
      h(Consents, {
        store,
        consents: desk.consents,
        load,
        onBehalf: staff,
        writes: writes || !staff,
      }),
    ),
    staff && h(
      "section",
      { "aria-labelledby": "terms" },
      h("h2", { id: "terms" }, t("archive.step.terms")),
      h(TermsForm, { store, desk, writes }),
    ),
    writes && h(Hold, { store, desk }),
  ];
}

/** @param {{desk: Desk}} props */
function Facts({ desk }) {
  const { sealedAt, keptUntil, audience } = desk;
  return h(
    "dl",
    { class: "archive-facts" },
    fact(t("archive.sealedAt"), dayAndTime(sealedAt ?? 0)),
    fact(t("archive.audience"), t(`archive.audience.${audience ?? "nobody"}`)),
    fact(
      t("archive.until"),
      desk.held
        ? t("archive.held")
        : keptUntil === null
        ? t("archive.forEver")
        : dayAndTime(keptUntil),
    ),
  );
}

/** @param {{id: string, desk: Desk, staff: boolean, load: () => void}} props */
function Bundles({ id, desk, staff, load }) {
  const [scope, setScope] = useState("");
  /** @param {string} view @param {string} of */
  const make = async (view, of) => {
    try {
      await postJSON(`/api/v1/rooms/${id}/bundles`, { view, scope: of });
      load();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      notices.refuse(error);
    }
  };
  return h(
    "section",
    { "aria-labelledby": "bundles" },
    h("h2", { id: "bundles" }, t("archive.bundles")),
    h("p", { class: "quiet" }, t("archive.bundlesText")),
    h(
      "ul",
      { class: "archive-bundles" },
      desk.bundles.map((bundle) =>
        h(
          "li",
          { key: bundle.name },
          h(
            "span",
            { class: "archive-title" },
            t(`archive.view.${bundle.view}`),
            h("span", { class: "quiet" }, scopeText(bundle.scope, desk)),
          ),
          h(State, { id, bundle, again: staff && (() => make(bundle.view, bundle.scope)) }),
        )
      ),
    ),
    staff && desk.consents.length > 0 && h(
      "form",
      {
        class: "actions",
        onSubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          if (scope) make("staff", `slot:${scope}`);
        },
      },
      h(
        "label",
        { class: "field" },
        h("span", null, t("archive.ofSlot")),
        h(
          "select",
          { value: scope, onChange: (/** @type {any} */ event) => setScope(event.target.value) },
          h("option", { value: "" }, t("archive.choose")),
          desk.consents.map(({ slot, title }) =>
            h("option", { key: slot, value: slot }, title ?? slot)
          ),
        ),
      ),
      h("button", { type: "submit", disabled: scope === "" }, t("archive.make")),
    ),
  );
}

/** @param {string} scope @param {Desk} desk */
function scopeText(scope, desk) {
  const [kind, id] = scope.split(":");
  if (kind === "room") return t("archive.scope.room");
  const title = desk.consents.find(({ slot }) => slot === id)?.title;
  return kind === "slot"
    ? title ?? t("archive.scope.slot", { id })
    : t("archive.scope.question", { id });
}

/** @param {{id: string, bundle: Bundle, again: false | (() => void)}} props */
function State({ id, bundle, again }) {
  const { state, written = 0, about = 0 } = bundle;
  if (state === "ready") {
    return h(
      "a",
      {
        class: "button primary",
        href: `/api/v1/rooms/${id}/bundles/${bundle.name}.zip`,
        download: true,
      },
      t("archive.download", { size: byteCount(bundle.bytes ?? 0) }),
    );
  }
  if (state === "failed") {
    return h(
      "span",
      { class: "problem", role: "alert" },
      t("archive.failed"),
      again &&
        h("button", { type: "button", class: "small", onClick: again }, t("common.tryAgain")),
    );
  }
  const share = about > 0 ? Math.min(1, written / about) : 0;
  return h(
    "span",
    { class: "archive-making", role: "status" },
    h("progress", { max: 1, value: share, "aria-label": t("archive.making") }),
    t("archive.making"),
  );
}

/** @param {{id: string, desk: Desk}} props */
function Proof({ id, desk }) {
  const [site] = useAnswer("/api/v1/site");
  if (site.is !== "shown") return null;
  const view = desk.bundles.at(-1)?.name ?? "staff";
  const command = `luyan verify luyan-${id}-${view}.zip --key ${site.answer.key}`;
  return h(
    "section",
    { "aria-labelledby": "proof" },
    h("h2", { id: "proof" }, t("archive.proof")),
    h("p", null, t("archive.proofText")),
    h("p", null, h("a", { href: "/verify" }, t("archive.here"))),
    h("pre", { class: "archive-command", tabIndex: 0 }, command),
    h(CopyButton, {
      make: () => Promise.resolve(command),
      text: t("archive.copy"),
      done: t("archive.copied"),
    }),
  );
}

/** @param {{store: RoomStore, desk: Desk, writes: boolean}} props */
function Supplements({ store, desk, writes }) {
  const [text, setText] = useState("");
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    await store.send("archive.supplement", { text: text.trim() });
    setText("");
  };
  return h(
    "section",
    { "aria-labelledby": "supplements" },
    h("h2", { id: "supplements" }, t("archive.supplements")),
    h("p", { class: "quiet" }, t("archive.supplementsText")),
    desk.supplements.length > 0 && h(
      "ul",
      { class: "archive-lines" },
      desk.supplements.map(({ seq, at, name, text: said }) =>
        h(
          "li",
          { key: seq },
          h("p", { class: "quiet" }, [dayAndTime(at), name].filter(Boolean).join(" · ")),
          h("p", null, said ?? t("archive.gone")),
        )
      ),
    ),
    writes && h(
      "form",
      { onSubmit: (/** @type {Event} */ event) => submit(event).catch(() => {}) }, // Told by a notice.
      h(
        "label",
        { class: "field" },
        h("span", null, t("archive.add")),
        h("textarea", {
          rows: 3,
          value: text,
          required: true,
          maxLength: LONGEST,
          onInput: (/** @type {any} */ event) => setText(event.target.value),
        }),
      ),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", disabled: text.trim() === "" }, t("archive.addIt")),
      ),
    ),
  );
}

/** @param {{store: RoomStore, desk: Desk}} props */
function Hold({ store, desk }) {
  const [asking, setAsking] = useState(false);
  const what = desk.held ? "release" : "hold";
  return h(
    "section",
    { "aria-labelledby": "hold" },
    h("h2", { id: "hold" }, t("archive.legalHold")),
    h("p", { class: "quiet" }, t(desk.held ? "archive.isHeld" : "archive.holdText")),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", onClick: () => setAsking(true) }, t(`archive.${what}`)),
    ),
    asking && h(ReasonDialog, {
      title: t(`archive.${what}`),
      text: t(desk.held ? "archive.releaseText" : "archive.holdText"),
      action: t(`archive.${what}`),
      reason: "required",
      run: (reason) => store.order(`archive.${what}`, { reason }),
      close: () => setAsking(false),
    }),
  );
}
