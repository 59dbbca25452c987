// The texts of speaker notes, fetched with them, in Chinese; the keys are those of notes.en.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "notes.toPage": "第 {page} 页的备注",
  "notes.hint": "写下这一页要讲的话，只有本项目的路演人看得到。",
  "notes.saved": "已保存",
  "notes.saving": "正在保存…",
  "notes.failed": "还没有保存，先留在这个浏览器里：{why}",
  "notes.size": "字号",
  "notes.smaller": "缩小字号",
  "notes.larger": "放大字号",
};
