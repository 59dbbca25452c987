// Short notices on the page, and what a screen reader is told.
import { errorText } from "./i18n.js";
import { Observable } from "./observable.js";

/** @typedef {{id: number, text: string, kind: "done" | "refused"}} Notice */

const STAYS = 8_000; // milliseconds
const MOST = 4;

class Notices extends Observable {
  /** @type {Notice[]} */
  shown = [];
  /** What is spoken when the reader pauses. */
  polite = "";
  /** What is spoken at once: only a clock's last minute. */
  urgent = "";
  #count = 0;

  /** @param {string} text @param {Notice["kind"]} [kind] */
  show(text, kind = "done") {
    const id = ++this.#count;
    // The same refusal twice is one notice.
    this.shown = [...this.shown.filter((one) => one.text !== text), { id, text, kind }].slice(
      -MOST,
    );
    setTimeout(() => this.dismiss(id), STAYS);
    this.say(text);
  }

  /** @param {{code: string, data?: Record<string, any>}} error */
  refuse(error) {
    this.show(errorText(error), "refused");
  }

  /** @param {number} id */
  dismiss(id) {
    this.shown = this.shown.filter((one) => one.id !== id);
    this.changed();
  }

  /** @param {string} text */
  say(text) {
    this.polite = text;
    this.changed();
  }

  /** @param {string} text */
  warn(text) {
    this.urgent = text;
    this.changed();
  }
}

export const notices = new Notices();
