// The ways into a replay from its room, in English; the keys are those of late.zh-CN.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "late.watch": "Watch the replay",
  "late.fromStart": "Came late? Watch from the start",
};
