// The texts of the archive desk, fetched with it, in English; the keys are those of archive.zh-CN.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "error.archive.not_ready":
    "'Something is left to do before the record is sealed, or shown to so many.'",
  "error.archive.seal_not_requested": 'The time to confirm is over. Choose "Seal" again.',
};
