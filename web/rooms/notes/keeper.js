// The notes to one slot's pages: typed here, saved by themselves page by page, lost nowhere in between.
import { ApiError, getJSON, putJSON } from "../../app/api.js";
import { Observable } from "../../app/observable.js";
import { readItem, writeItem } from "../../app/storage.js";

/** @typedef {{get: typeof getJSON, put: typeof putJSON}} Line */
/** @typedef {"loading" | "missing" | "saved" | "typed" | "saving" | "failed"} NotesState */

const PAUSE = 800; // milliseconds after a letter
const AGAIN = 4_000; // milliseconds after a failure

export class NotesKeeper extends Observable {
  /** @type {NotesState} */
  state = "loading";
  /** Why notes were not fetched or saved. @type {ApiError | null} */
  error = null;
  #path;
  #item;
  #line;
  /** As the server has them. @type {string[]} */
  #kept = [];
  /** By page, what it does not have yet. @type {Map<number, string>} */
  #typed = new Map();
  #isSaving = false;
  /** How many notes were saved: an answer from before one of them is old. */
  #saves = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} room @param {string} slot @param {Line} [line] */
  constructor(room, slot, line = { get: getJSON, put: putJSON }) {
    super();
    this.#path = `/api/v1/rooms/${room}/slots/${slot}/notes`;
    this.#item = `luyan.notes.${room}.${slot}`;
    this.#line = line;
    for (const [page, text] of Object.entries(readItem(this.#item) ?? {})) {
      if (typeof text === "string") this.#typed.set(Number(page), text);
    }
  }

  /** @param {number} page from 1 */
  text(page) {
    return this.#typed.get(page) ?? this.#kept[page - 1] ?? "";
  }

  /** Whether something is not on the server yet. */
  get isUnsaved() {
    return this.#typed.size > 0;
  }

  /** Fetches what the slot's presenters wrote; what was typed here stays. */
  async load() {
    const saves = this.#saves;
    try {
      const { pages } = await this.#line.get(this.#path);
      if (saves === this.#saves) this.#kept = pages;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (this.state === "loading" || this.state === "missing") this.#is("missing", error);
      return;
    }
    if (this.state === "loading" || this.state === "missing") {
      this.#is(this.isUnsaved ? "typed" : "saved");
      if (this.isUnsaved) await this.save();
    } else this.changed();
  }

  /** @param {number} page @param {string} text */
  type(page, text) {
    this.#typed.set(page, text);
    this.#remember();
    this.#is(this.#isSaving ? "saving" : "typed");
    this.#later(PAUSE);
  }

  /** Saves what was typed, at once. */
  async save() {
    clearTimeout(this.#timer);
    if (this.#isSaving || !this.isUnsaved) return;
    this.#isSaving = true;
    this.#is("saving");
    try {
      for (const [page, text] of this.#typed) {
        await this.#line.put(`${this.#path}/${page}`, { text });
        this.#kept[page - 1] = text;
        this.#saves += 1;
        // What was typed meanwhile is saved the next time.
        if (this.#typed.get(page) === text) this.#typed.delete(page);
        this.#remember();
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#isSaving = false;
      this.#is("failed", error);
      // A refusal stays one; a line comes back.
      if (error.status === 0 || error.status >= 429) this.#later(AGAIN);
      return;
    }
    this.#isSaving = false;
    this.#is(this.isUnsaved ? "typed" : "saved");
    if (this.isUnsaved) this.#later(PAUSE);
  }

  /** @param {number} milliseconds */
  #later(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), milliseconds);
  }

  #remember() {
    writeItem(this.#item, this.isUnsaved ? Object.fromEntries(this.#typed) : null);
  }

  /** @param {NotesState} state @param {ApiError | null} [error] */
  #is(state, error = null) {
    this.state = state;
    this.error = error;
    this.changed();
  }
}
