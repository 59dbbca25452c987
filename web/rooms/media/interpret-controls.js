// Interpreting: the language, and the microphone for it.
import { h, useState } from "../../vendor/preact.js";
import { languageName, t } from "../../app/i18n.js";
import { Icon } from "../../components/icon.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { MediaSession } from "./session.js" */

const LANGUAGES = ["zh-CN", "en", "ja", "ko", "fr", "de", "ru", "es", "ar", "pt"];

/** @param {{room: Room, media: MediaSession, alone: boolean}} props `alone`: nothing else is sent */
export function InterpretControls({ room, media, alone }) {
  const [language, setLanguage] = useState(room.language.startsWith("zh") ? "en" : "zh-CN");
  const { sending } = media;
  const running = sending.of("interpretation");
  const asking = sending.asking.has("interpretation");
  const controls = h(
    "div",
    { class: "interpret" },
    h(
      "select",
      {
        value: language,
        disabled: running !== null,
        "aria-label": t("talk.interpretTo"),
        onChange: (/** @type {any} */ event) => setLanguage(event.target.value),
      },
      LANGUAGES.map((one) => h("option", { key: one, value: one }, languageName(one))),
    ),
    h(
      "button",
      {
        type: "button",
        class: running ? "talk-button on" : "talk-button",
        "aria-pressed": running ? "true" : "false",
        onClick: () =>
          running ? sending.end("interpretation") : sending.begin("interpretation", { language }),
      },
      h(Icon, { name: running ? "microphone" : "silent" }),
      h("span", { class: "talk-name" }, t("talk.interpretation")),
      h(
        "span",
        { class: "talk-state" },
        t(`talk.picture.${asking ? "asking" : running ? "on" : "off"}`),
      ),
    ),
  );
  if (alone || running) return controls;
  return h(
    "details",
    { class: "interpret-more" },
    h("summary", null, t("talk.interpretation")),
    controls,
  );
}
