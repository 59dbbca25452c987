// The button beneath a slide that opens its words: they are fetched once somebody wants them.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { part } from "../../app/part.js";
import { Icon } from "../../components/icon.js";
import { Lazy } from "../../components/lazy.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Slides } from "../roadshow/slides.js" */

const slideWords = async () =>
  (await part(import("./slide-words.js"), { catalogues: ["words"], styles: ["words"] }))
    .SlideWords;

/** @param {{room: Room, id: string, slides: Slides}} props */
export function WordsButton({ room, id, slides }) {
  const [open, setOpen] = useState(false);
  const label = t("stage.words");
  return [
    h(
      "button",
      {
        type: "button",
        class: "plain words-button",
        "aria-haspopup": "dialog",
        "aria-label": label,
        title: label,
        onClick: () => setOpen(true),
      },
      h(Icon, { name: "find" }),
    ),
    open && h(Lazy, {
      load: slideWords,
      given: { room, id, slides, close: () => setOpen(false) },
      meanwhile: null,
    }),
  ];
}
