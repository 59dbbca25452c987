// How somebody listens: sound on or off at once, and the rest in a dialog.
import { h, useState } from "../../vendor/preact.js";
import { languageName, t } from "../../app/i18n.js";
import { Dialog } from "../../components/dialog.js";
import { Icon } from "../../components/icon.js";
import { captionLanguages } from "./caption-lines.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { MediaSession } from "./session.js" */

/** @param {{room: Room, media: MediaSession}} props */
export function ListenControls({ room, media }) {
  const [open, setOpen] = useState(false);
  const { listening } = media;
  const { muted, captions, soundOnly } = listening.preferences;
  const others = media.tracks.some((track) => !media.isMine(track));
  const languages = captionLanguages(room.captions);
  if (!others && languages.length === 0 && captions === "") return null;
  return h(
    "div",
    { class: "listen" },
    media.sounds && h(
      "button",
      {
        type: "button",
        class: "plain",
        "aria-pressed": muted ? "true" : "false",
        "aria-label": t("media.mute"),
        title: t(muted ? "media.soundIsOff" : "media.soundIsOn"),
        onClick: () => listening.prefer({ muted: !muted }),
      },
      h(Icon, { name: muted ? "quiet" : "sound" }),
    ),
    h(
      "button",
      {
        type: "button",
        class: "listen-more",
        title: t("media.listen"),
        "aria-haspopup": "dialog",
        onClick: () => setOpen(true),
      },
      h(Icon, { name: captions === "" ? "listen" : "captions" }),
      h(
        "span",
        { class: "listen-word" },
        t(soundOnly ? "media.listenSoundOnly" : "media.listenShort"),
      ),
    ),
    open && h(ListenDialog, { room, media, languages, close: () => setOpen(false) }),
  );
}

/** @param {{room: Room, media: MediaSession, languages: string[], close: () => void}} props */
function ListenDialog({ room, media, languages, close }) {
  const { listening } = media;
  const { volume, muted, soundOnly, captions, interpretation } = listening.preferences;
  const spoken = withChosen(listening.languages, interpretation);
  const written = withChosen(languages.length > 0 ? languages : [room.language], captions);
  return h(
    Dialog,
    { title: t("media.listen"), close },
    h(
      "form",
      { class: "listen-form", onSubmit: (/** @type {Event} */ event) => event.preventDefault() },
      h(
        "label",
        { class: "field" },
        h("span", null, t("media.volume")),
        h("input", {
          type: "range",
          min: 0,
          max: 1,
          step: 0.05,
          value: volume,
          onInput: (/** @type {any} */ event) =>
            listening.prefer({ volume: Number(event.target.value), muted: false }),
        }),
      ),
      check("media.mute", muted, () => listening.prefer({ muted: !muted })),
      check("media.soundOnly", soundOnly, () => listening.prefer({ soundOnly: !soundOnly })),
      h("p", { class: "quiet" }, t("media.soundOnlyWhy")),
      spoken.length > 0 &&
        choose("media.interpretation", "media.original", spoken, interpretation, (
          language,
        ) => listening.prefer({ interpretation: language })),
      choose(
        "media.captions",
        "media.captionsOff",
        written,
        captions,
        (language) => listening.prefer({ captions: language }),
      ),
    ),
  );
}

/** What somebody chose stays a choice while nobody offers it. */
/** @param {string[]} languages @param {string} chosen */
function withChosen(languages, chosen) {
  return chosen === "" || languages.includes(chosen) ? languages : [...languages, chosen];
}

/** @param {string} key @param {boolean} checked @param {() => void} change */
function check(key, checked, change) {
  return h(
    "label",
    { class: "choice" },
    h("input", { type: "checkbox", checked, onChange: change }),
    h("span", null, t(key)),
  );
}

/**
 * @param {string} key @param {string} none what the empty choice says
 * @param {string[]} languages @param {string} chosen @param {(language: string) => void} choice
 */
function choose(key, none, languages, chosen, choice) {
  return h(
    "label",
    { class: "field" },
    h("span", null, t(key)),
    h(
      "select",
      { value: chosen, onChange: (/** @type {any} */ event) => choice(event.target.value) },
      h("option", { value: "" }, t(none)),
      languages.map((language) =>
        h("option", { key: language, value: language }, languageName(language))
      ),
    ),
  );
}
