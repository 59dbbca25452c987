// Changes the language of the page at once; each language is named in itself.
import { h } from "../vendor/preact.js";
import { chooseLanguage, LANGUAGES, t, texts } from "../app/i18n.js";

/** @import { Language } from "../types.d.ts" */

export function LanguageSwitch() {
  const others = /** @type {Language[]} */ (Object.keys(LANGUAGES)).filter((one) =>
    one !== texts.language
  );
  return others.map((language) =>
    h(
      "button",
      {
        type: "button",
        class: "plain language",
        lang: language,
        key: language,
        title: t("common.language"),
        onClick: () => chooseLanguage(language),
      },
      LANGUAGES[language],
    )
  );
}
