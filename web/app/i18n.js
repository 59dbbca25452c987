// The reader's language: every text on the pages comes out of web/i18n through t().
import { readItem, writeItem } from "./storage.js";
import { Observable } from "./observable.js";

/** @import { Language } from "../types.d.ts" */
/** @typedef {string | {one?: string, other: string}} Message plural by the count `n` */
/** @typedef {Record<string, string | number>} Values */

const ITEM = "luyan.language";

/** Each language's name in itself; another language is a line here and a file in web/i18n. */
export const LANGUAGES = /** @type {const} */ ({ "zh-CN": "中文", en: "English" });

class Texts extends Observable {
  /** @type {Language} */
  language = "zh-CN";
  /** @type {Record<string, Message>} */
  messages = {};
  /** Catalogues beside the common one. @type {Set<string>} */
  #parts = new Set();
  /** What was asked for last. */
  #newest = Promise.resolve({ language: this.language, messages: this.messages });

  /** @param {Language} language @param {string} [part] of the texts to have along */
  load(language, part) {
    if (part !== undefined) this.#parts.add(part);
    this.#newest = this.#fetch(language);
    return this.#settle();
  }

  /** @param {Language} language */
  async #fetch(language) {
    const names = [language, ...[...this.#parts].map((part) => `${part}.${language}`)];
    const catalogues = await Promise.all(names.map((name) => import(`../i18n/${name}.js`)));
    const messages = Object.assign({}, ...catalogues.map((one) => one.default));
    return { language, messages };
  }

  /** Shows what was asked for last: an earlier answer may come later, and lacks parts. */
  async #settle() {
    for (;;) {
      const asked = this.#newest;
      const { language, messages } = await asked;
      if (asked !== this.#newest) continue;
      if (this.messages === messages) return;
      Object.assign(this, { language, messages });
      document.documentElement.lang = language;
      this.changed();
      return;
    }
  }

  /** Adds the texts of what few people see: web/i18n/PART.LANGUAGE.js. @param {string} part */
  async include(part) {
    if (this.#parts.has(part)) return this.#settle();
    this.#parts.add(part);
    try {
      await this.load(this.language);
    } catch (error) {
      this.#parts.delete(part); // It is tried again.
      throw error;
    }
  }
}

export const texts = new Texts();

/** @param {Language} language */
export async function chooseLanguage(language) {
  // Kept at once: the next page may be asked for before the texts are here.
  writeItem(ITEM, language);
  await texts.load(language);
}

/** The language chosen before, or the browser's. @returns {Language} */
export function preferredLanguage() {
  const kept = readItem(ITEM);
  if (kept in LANGUAGES && typeof kept === "string") return /** @type {Language} */ (kept);
  return navigator.languages.some((one) => one.toLowerCase().startsWith("zh")) ? "zh-CN" : "en";
}

/**
 * The text of a key with `{name}` filled in; the key itself where there is none.
 * @param {string} key @param {Values} [values]
 */
export function t(key, values = {}) {
  return fill(texts.messages[key] ?? key, values, texts.language);
}

/** @param {Message} message @param {Values} values @param {string} language */
export function fill(message, values, language) {
  const text = typeof message === "string" ? message : plural(message, values.n, language);
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @param {{one?: string, other: string}} message @param {unknown} count @param {string} language */
function plural(message, count, language) {
  const form = new Intl.PluralRules(language).select(Number(count));
  return form === "one" && message.one !== undefined ? message.one : message.other;
}

/** What an error code says, and the code itself where no text is known. */
/** @param {{code: string, data?: Record<string, any>}} error */
export function errorText({ code, data }) {
  const key = `error.${code}`;
  if (code === "request.too_large" && typeof data?.limit === "number") {
    return t("error.request.too_large_for", { size: byteCount(data.limit) });
  }
  return key in texts.messages ? t(key, data) : t("error.unknown", { code });
}

/** `11月24日周二 14:00 GMT+8` in the reader's zone; with the year where it is another than now. */
/** @param {number} at milliseconds @param {number} [now] milliseconds */
export function dayAndTime(at, now = Date.now()) {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const moment = new Intl.DateTimeFormat(texts.language, {
    ...(sameYear ? {} : { year: "numeric" }),
    month: "short",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
  // Asked for together, Chinese puts the zone before the time.
  const zone = new Intl.DateTimeFormat(texts.language, { timeZoneName: "short" }).formatToParts(at)
    .find(({ type }) => type === "timeZoneName");
  return `${moment} ${zone?.value ?? ""}`.trimEnd();
}

/** `14:00` in the reader's zone. @param {number} at milliseconds */
export function timeOfDay(at) {
  return new Intl.DateTimeFormat(texts.language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

const UNITS = /** @type {const} */ ([["gigabyte", 30], ["megabyte", 20], ["kilobyte", 10]]);

/** `8 MB`, of 1,024 kilobytes each. @param {number} bytes */
export function byteCount(bytes) {
  const [unit, power] = UNITS.find(([, power]) => bytes >= 2 ** power) ?? UNITS[2];
  return new Intl.NumberFormat(texts.language, {
    style: "unit",
    unit,
    maximumFractionDigits: 1,
  }).format(bytes / 2 ** power);
}

/** A language by its tag (BCP 47); the tag itself where it is none that is known. */
/** @param {string} tag */
export function languageName(tag) {
  try {
    return new Intl.DisplayNames(texts.language, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** @param {number} count */
export function number(count) {
  return new Intl.NumberFormat(texts.language).format(count);
}
