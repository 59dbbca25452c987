// The texts of the archive desk, fetched with it, in Chinese; the keys are those of archive.en.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "error.archive.not_ready": "'还有事项没有完成，暂时不能封存或扩大公开范围。'",
  "error.archive.seal_not_requested": "确认的时间已过，请重新选择“封存”。",
};
