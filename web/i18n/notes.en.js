// The texts of speaker notes, fetched with them, in English; the keys are those of notes.zh-CN.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "notes.toPage": "Notes to page {page}",
  "notes.hint": "What you want to say here. Only presenters of this project see it.",
  "notes.saved": "Saved",
  "notes.saving": "Saving…",
  "notes.failed": "Not saved yet, kept in this browser: {why}",
  "notes.size": "Size of the letters",
  "notes.smaller": "Smaller letters",
  "notes.larger": "Larger letters",
};
