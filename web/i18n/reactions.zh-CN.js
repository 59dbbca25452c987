// The texts of reactions, fetched with them, in Chinese; the keys are those of reactions.en.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "reactions.applause": "鼓掌",
  "reactions.like": "点赞",
  "reactions.interested": "感兴趣",
  "reactions.puzzled": "没听懂",
};
