// The texts of the tools for questions, fetched with them, in Chinese; the keys are those of questions.en.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "questions.answer": "书面回答",
  "questions.answerAgain": "修改回答",
  "questions.answerTitle": "书面回答",
  "questions.answerLabel": "回答",
  "questions.answerHint": "会场内所有人都能看到；新的回答会取代之前的回答。",
  "questions.answerSend": "发布回答",
  "questions.merge": "合并…",
  "questions.mergeTitle": "合并提问",
  "questions.mergeText": "该提问会收到所选提问之下，票数并入，每人只计一票。",
  "questions.mergeInto": "并入",
  "questions.mergeDo": "合并",
  "error.question.too_many_answers": "这个提问已回答 {limit} 次，不能再改。",
};
