// The checklist before the seal, step by step; a presenter has the step of its own consent alone.
import { h, useEffect, useState } from "../vendor/preact.js";
import { t, texts, timeOfDay } from "../app/i18n.js";
import { useTick } from "../app/observable.js";
import { clockText } from "../rooms/clock.js";
import { Consents } from "./consents.js";
import { TermsForm } from "./terms-form.js";
import { TranscriptReview } from "./transcript-review.js";
import { useRecord } from "./use-record.js";

/** @import { Child } from "../vendor/preact.d.ts" */
/** @import { RoomStore } from "../rooms/store.js" */
/** @import { Desk, Removal } from "./types.d.ts" */

/** @param {{store: RoomStore, id: string, desk: Desk, load: () => void}} props */
export function BeforeSeal({ store, id, desk, load }) {
  const { tasks } = desk;
  if (!tasks) {
    return h(
      "section",
      { "aria-labelledby": "consents" },
      h("h2", { id: "consents" }, t("archive.ownConsent")),
      h("p", { class: "quiet" }, t("archive.ownConsentText")),
      h(Consents, { store, consents: desk.consents, load }),
    );
  }
  return h(Checklist, { store, id, desk, load, tasks });
}

/** @param {{store: RoomStore, id: string, desk: Desk, load: () => void, tasks: string[]}} props */
function Checklist({ store, id, desk, load, tasks }) {
  const looked = useRecord(id, store.room?.seq ?? 0);
  const writes = store.is("moderator");
  return h(
    "ol",
    { class: "archive-steps" },
    h(
      Step,
      { name: "transcript", done: !tasks.includes("transcript") },
      h(TranscriptReview, { store, looked, writes }),
      h(Review, { store, review: "transcript", desk, writes }),
    ),
    h(
      Step,
      { name: "redactions", done: !tasks.includes("redactions") },
      h(Removals, { removals: looked.record?.removals ?? [] }),
      h(Review, { store, review: "redactions", desk, writes }),
    ),
    h(
      Step,
      { name: "terms", done: !tasks.includes("terms") },
      h(TermsForm, { store, desk, writes }),
    ),
    h(
      Step,
      { name: "consents", done: !tasks.includes("consents") },
      h(Consents, { store, consents: desk.consents, load, onBehalf: true, writes }),
    ),
    h(
      Step,
      { name: "scores", done: !tasks.includes("scores") },
      tasks.includes("scores") &&
        h("p", null, h("a", { href: `/r/${id}?tab=judging` }, t("archive.toScores"))),
    ),
    h(Step, { name: "seal", done: false }, h(Seal, { store, desk, writes })),
  );
}

/** @param {{removals: Removal[]}} props */
function Removals({ removals }) {
  if (removals.length === 0) return h("p", { class: "quiet" }, t("archive.nothingRemoved"));
  return h(
    "ul",
    { class: "archive-lines", tabIndex: 0, "aria-label": t("archive.step.redactions") },
    removals.map(({ seq, at, reason, line }) =>
      h(
        "li",
        { key: seq },
        h(
          "p",
          null,
          h("time", { class: "quiet" }, timeOfDay(at)),
          " ",
          line && h("span", { class: "archive-kind" }, t(`archive.said.${line.type}`)),
          " ",
          t(`archive.why.${reason}`),
        ),
      )
    ),
  );
}

/** @param {{name: string, done: boolean, children?: Child}} props */
function Step({ name, done, children }) {
  return h(
    "li",
    { class: done ? "archive-step done" : "archive-step" },
    h(
      "h2",
      null,
      t(`archive.step.${name}`),
      name !== "seal" &&
        h("span", { class: "archive-mark" }, t(done ? "archive.done" : "archive.open")),
    ),
    h("p", { class: "quiet" }, t(`archive.about.${name}`)),
    children,
  );
}

/** @param {{store: RoomStore, review: string, desk: Desk, writes: boolean}} props */
function Review({ store, review, desk, writes }) {
  const done = desk.reviewed?.includes(review) ?? false;
  return writes && h(
    "p",
    { class: "actions" },
    h(
      "button",
      {
        type: "button",
        class: done ? "" : "primary",
        onClick: () => store.order("archive.review", { review, done: !done }),
      },
      t(done ? "archive.unreview" : `archive.review.${review}`),
    ),
  );
}

/** Two steps: a minute between them at most. @param {{store: RoomStore, desk: Desk, writes: boolean}} props */
function Seal({ store, desk, writes }) {
  useTick(500);
  const left = (desk.sealRequestedUntil ?? 0) - store.now();
  const open = desk.tasks ?? [];
  const [told, setTold] = useState("");
  const asked = left > 0;
  useEffect(() => setTold(asked ? t("archive.sealing") : ""), [asked]);
  if (!writes) return h("p", null, t("archive.readOnly"));
  return [
    open.length > 0 && h(
      "p",
      { class: "quiet" },
      t("archive.left", {
        tasks: new Intl.ListFormat(texts.language).format(
          open.map((task) => t(`archive.step.${task}`)),
        ),
      }),
    ),
    h(
      "p",
      { class: "actions" },
      asked
        ? h(
          "button",
          {
            type: "button",
            class: "danger",
            disabled: open.length > 0,
            onClick: () => store.order("archive.seal_confirm"),
          },
          t("archive.confirm", { time: clockText(left) }),
        )
        : h(
          "button",
          {
            type: "button",
            class: "primary",
            disabled: open.length > 0,
            onClick: () => store.order("archive.seal"),
          },
          t("archive.seal"),
        ),
    ),
    h("p", { role: "status" }, told),
  ];
}
