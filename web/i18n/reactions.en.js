// The texts of reactions, fetched with them, in English; the keys are those of reactions.zh-CN.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "reactions.applause": "Applause",
  "reactions.like": "Like",
  "reactions.interested": "Interested",
  "reactions.puzzled": "Puzzled",
};
