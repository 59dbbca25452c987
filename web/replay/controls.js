// Beneath the stage: play, the bar with its marks, how fast, and the way to this moment.
import { h, useMemo } from "../vendor/preact.js";
import { t, timeOfDay } from "../app/i18n.js";
import { useMedia, useObservable } from "../app/observable.js";
import { CopyButton } from "../components/copy-button.js";
import { momentLink, timeText } from "./links.js";
import { RATES } from "./player.js";
import { marksOf } from "./story.js";

/** @import { Player } from "./player.js" */
/** @import { ReplayStore } from "./store.js" */

/** Marks nearer than one part of this many are one. */
const PARTS = 400;
const KINDS = /** @type {const} */ (["slot", "slide", "question", "poll"]);
const PHONE = "(max-width: 48rem)";
const SKIPPED_SHOWN = 2_500; // milliseconds

/** @param {{store: ReplayStore, player: Player}} props */
export function Controls({ store, player }) {
  useObservable(player);
  const phone = useMedia(PHONE);
  const { timeline } = store;
  const place = timeline.place(player.at);
  const { skipped } = player;
  const showsSkip = performance.now() - skipped.at < SKIPPED_SHOWN;
  return h(
    "section",
    { class: "replay-controls", "aria-label": t("replay.controls") },
    h(Bar, { store, player, place }),
    h(
      "div",
      { class: "replay-buttons" },
      h(
        "button",
        { type: "button", class: "primary replay-play", onClick: () => player.toggle() },
        h("span", { "aria-hidden": "true" }, player.playing ? "❚❚" : "▶"),
        t(player.playing ? "replay.pause" : "replay.play"),
      ),
      jump(player, -10_000, "replay.back", "−10"),
      jump(player, 10_000, "replay.forward", "+10"),
      h(
        "span",
        { class: "replay-time" },
        `${timeText(place)} / ${timeText(timeline.played)}`,
        h("span", { class: "quiet" }, timeOfDay(player.at)),
      ),
      h(
        "span",
        { class: "replay-skipped quiet", role: "status" },
        showsSkip && t("replay.skipped"),
      ),
      player.muted && player.track && h(
        "button",
        { type: "button", onClick: () => player.unmute() },
        t("replay.sound"),
      ),
      phone
        ? h(
          "details",
          { class: "replay-options-fold" },
          h("summary", null, t("replay.options")),
          h("div", null, h(Options, { store, player })),
        )
        : h(Options, { store, player }),
    ),
    h("p", { class: "quiet replay-keys" }, t("replay.keys")),
  );
}

/** What is set once rather than pressed again and again. @param {{store: ReplayStore, player: Player}} props */
function Options({ store, player }) {
  const { timeline } = store;
  return [
    h(
      "label",
      { class: "replay-rate" },
      h(
        "select",
        {
          "aria-label": t("replay.speed"),
          value: String(player.rate),
          onChange: (/** @type {any} */ event) => player.setRate(Number(event.target.value)),
        },
        RATES.map((rate) => h("option", { key: rate, value: String(rate) }, `${rate}×`)),
      ),
    ),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked: store.skips,
        onChange: () => store.passOver(!store.skips),
      }),
      t("replay.skip"),
    ),
    h(CopyButton, {
      make: () => Promise.resolve(momentLink(location.href, (player.at - timeline.begin) / 1_000)),
      text: t("replay.copy"),
      done: t("replay.copied"),
    }),
  ];
}

/** @param {Player} player @param {number} by @param {string} label @param {string} sign */
function jump(player, by, label, sign) {
  return h(
    "button",
    { type: "button", "aria-label": t(label), title: t(label), onClick: () => player.move(by) },
    sign,
  );
}

/** @param {{store: ReplayStore, player: Player, place: number}} props */
function Bar({ store, player, place }) {
  const { timeline, story } = store;
  const most = Math.max(1, timeline.played);
  const marks = useMemo(
    () => marksOf(story.markers, (at) => timeline.place(at) / most, PARTS),
    [timeline],
  );
  const slot = store.room?.slots.find(({ id }) => id === store.room?.stage);
  const position = t("replay.position", { at: timeText(place), length: timeText(most) });
  return h(
    "div",
    { class: "replay-bar" },
    h(
      "div",
      { class: "replay-marks", "aria-hidden": "true" },
      marks.map(({ kind, share }) =>
        h("i", {
          key: `${kind} ${share}`,
          class: `of-${kind}`,
          style: { insetInlineStart: `${share * 100}%` },
        })
      ),
    ),
    h("input", {
      type: "range",
      min: 0,
      max: most,
      step: "any",
      value: place,
      style: { "--passed": `${(place / most) * 100}%` },
      "aria-label": t("replay.seek"),
      "aria-valuetext": slot ? `${position}, ${slot.title}` : position,
      onInput: (/** @type {any} */ event) =>
        player.seek(timeline.moment(Number(event.target.value))),
    }),
    h(
      "p",
      { class: "replay-legend quiet" },
      KINDS.filter((kind) => marks.some((mark) => mark.kind === kind)).map((kind) =>
        h("span", { key: kind, class: `of-${kind}` }, t(`replay.mark.${kind}`))
      ),
    ),
  );
}
