// Names that come in two languages.
import { texts } from "./i18n.js";

/** The name in the reader's language, where there is one. */
/** @param {{name: string, englishName?: string | null}} named */
export function nameOf({ name, englishName }) {
  return texts.language === "en" && englishName ? englishName : name;
}
