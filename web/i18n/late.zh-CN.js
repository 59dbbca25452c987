// The ways into a replay from its room, in Chinese; the keys are those of late.en.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "late.watch": "观看回放",
  "late.fromStart": "来晚了？从头看起",
};
