// The texts of the tools for questions, fetched with them, in English; the keys are those of questions.zh-CN.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "questions.answer": "Answer in writing",
  "questions.answerAgain": "Change the answer",
  "questions.answerTitle": "Answer in writing",
  "questions.answerLabel": "Answer",
  "questions.answerHint":
    "Everybody in the room reads it. A new answer takes the place of the one before.",
  "questions.answerSend": "Publish answer",
  "questions.merge": "Merge…",
  "questions.mergeTitle": "Merge a question",
  "questions.mergeText":
    "It is shown under the question that you choose, and its votes count there, each person once.",
  "questions.mergeInto": "Merge into",
  "questions.mergeDo": "Merge",
  "error.question.too_many_answers": "This question was answered {limit} times already.",
};
