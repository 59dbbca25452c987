// Beneath the stage, for whoever may speak: microphone, camera, screen, and how each stands.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";
import { useTick } from "../../app/observable.js";
import { Icon } from "../../components/icon.js";
import { ConsentDialog, useConsent } from "./consent.js";
import { DeviceTest } from "./device-test.js";
import { InterpretControls } from "./interpret-controls.js";
import { mayInterpret, maySpeak } from "./rights.js";
import { StreamPicture } from "./tile.js";
import { isCut, isOngoing } from "../lifecycle.js";

/** @import { MediaKind, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { MediaSession } from "./session.js" */
/** @typedef {{store: RoomStore, room: Room, media: MediaSession}} Props */

/** @param {Props} props */
export function TalkBar({ store, room, media }) {
  const [testing, setTesting] = useState(false);
  const [more, setMore] = useState(false);
  const consent = useConsent(store, room, media);
  const { sending } = media;
  const runs = isOngoing(room);
  const speaks = maySpeak(store, room);
  useEffect(() => {
    if (media.line !== "none") sending.prepare();
  }, [media.line]);
  const camera = sending.of("camera");
  return h(
    "section",
    { class: "talk-bar", "aria-label": t("talk.label") },
    h(TalkNotes, { store, room, media }),
    h(
      "div",
      { class: "talk-row" },
      speaks && [
        h(MicrophoneButton, { key: "voice", media, runs }),
        h(PictureButton, { key: "camera", kind: "camera", media, runs }),
        h(PictureButton, { key: "screen", kind: "screen", media, runs }),
      ],
      mayInterpret(store) && runs && h(InterpretControls, { room, media, alone: !speaks }),
      camera && h(
        "div",
        { class: "self-view" },
        h(StreamPicture, { stream: camera.stream, words: t("talk.selfView"), mirrored: true }),
      ),
      h(
        "button",
        {
          type: "button",
          class: "talk-open",
          "aria-label": t("talk.more"),
          "aria-expanded": more ? "true" : "false",
          onClick: () => setMore(!more),
        },
        h(Icon, { name: "devices" }),
      ),
      h(
        "span",
        { class: more ? "talk-more open" : "talk-more" },
        media.myKinds.size > 0 && h(
          "button",
          { type: "button", onClick: () => sending.endAll() },
          t("talk.leave"),
        ),
        h("button", { type: "button", onClick: () => setTesting(true) }, t("talk.test")),
        h("button", {
          type: "button",
          "aria-haspopup": "dialog",
          onClick: consent.ask,
        }, t(consent.agreed ? "talk.consent.yes" : "talk.consent.no")),
      ),
    ),
    testing && h(DeviceTest, { media, close: () => setTesting(false) }),
    consent.asking && h(ConsentDialog, { room, consent }),
  );
}

/** @param {{media: MediaSession, runs: boolean}} props */
function MicrophoneButton({ media, runs }) {
  const { sending } = media;
  const voice = sending.of("voice");
  const on = voice !== null && !voice.muted && !voice.byStaff;
  const press = () => {
    // While it is asked for it stays a button: a disabled one would lose the focus.
    if (voice) sending.mute("voice", !voice.muted);
    else sending.begin("voice");
    media.listening.unlock();
  };
  const state = sending.asking.has("voice")
    ? "asking"
    : voice === null
    ? "off"
    : voice.byStaff || voice.muted
    ? "muted"
    : "on";
  return h(
    "button",
    {
      type: "button",
      class: on ? "talk-button on" : "talk-button",
      "aria-pressed": on ? "true" : "false",
      disabled: !runs,
      onClick: press,
    },
    h(Icon, { name: on ? "microphone" : "silent" }),
    h("span", { class: "talk-name" }, t("talk.microphone")),
    h("span", { class: "talk-state" }, t(`talk.voice.${state}`)),
    voice && h(LevelMeter, { media }),
  );
}

/** @param {{kind: "camera" | "screen", media: MediaSession, runs: boolean}} props */
function PictureButton({ kind, media, runs }) {
  const { sending } = media;
  const picture = sending.of(kind);
  const asking = sending.asking.has(kind);
  const state = asking ? "asking" : !picture ? "off" : picture.paused ? "paused" : "on";
  return h(
    "button",
    {
      type: "button",
      class: picture ? "talk-button on" : "talk-button",
      "aria-pressed": picture ? "true" : "false",
      disabled: !runs,
      onClick: () => picture ? sending.end(kind) : sending.begin(kind),
    },
    h(Icon, { name: kind }),
    h("span", { class: "talk-name" }, t(`talk.${kind}`)),
    h("span", { class: "talk-state" }, t(`talk.picture.${state}`)),
  );
}

/** One's own loudness: whoever speaks sees that they are heard. @param {{media: MediaSession}} props */
function LevelMeter({ media }) {
  useTick(100);
  const voice = media.sending.of("voice");
  const level = !voice || voice.muted || voice.byStaff ? 127 : voice.level;
  // The button's words stay the same: it is for the eye.
  return h("progress", {
    class: "level",
    max: 80,
    value: Math.max(0, 90 - level),
    "aria-hidden": "true",
  });
}

/** What is to be said about speaking now. @param {Props} props */
function TalkNotes({ store, room, media }) {
  const { sending } = media;
  const member = store.you.member ?? "";
  const runs = isOngoing(room);
  const again = runs && sending.before.length > 0 &&
    sending.before.every((kind) => !sending.of(kind));
  const floor = room.floor.includes(member) && !media.myKinds.has("voice");
  return h(
    "div",
    { class: "talk-notes" },
    !runs && h("p", { class: "quiet" }, t("talk.notOpen")),
    again && h(
      "p",
      { class: "talk-note" },
      t("talk.before"),
      h(
        "button",
        {
          type: "button",
          class: "primary",
          onClick: () => {
            for (const kind of sending.before) sending.begin(kind);
            media.listening.unlock();
          },
        },
        t("talk.again"),
      ),
      h("button", { type: "button", onClick: () => sending.endAll() }, t("talk.notAgain")),
    ),
    floor && !again && h("p", { class: "talk-note given" }, t("talk.floorGiven")),
    isCut(room, store.you.slots) && h("p", { class: "talk-note problem" }, t("talk.timeIsUp")),
    room.micMuted.includes(member) && h("p", { class: "talk-note problem" }, t("talk.byStaff")),
    [...sending.problems].filter(([, code]) => code !== "media.cancelled").map(([kind, code]) =>
      h(Problem, { key: kind, kind, code, media })
    ),
  );
}

/** @param {{kind: MediaKind, code: string, media: MediaSession}} props */
function Problem({ kind, code, media }) {
  return h(
    "p",
    { class: "talk-note problem", role: "alert" },
    t("talk.problem", { what: t(`talk.kind.${kind}`), why: errorText({ code }) }),
    h(
      "button",
      {
        type: "button",
        class: "plain",
        "aria-label": t("common.dismiss"),
        onClick: () => media.sending.dismiss(kind),
      },
      "×",
    ),
  );
}
