// The texts of the words on slides, fetched with them, in Chinese; the keys are those of words.en.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "error.terms.page_by_page": "闭门路演的幻灯片只能逐页读取。",
  "words.title": "幻灯片文字",
  "words.search": "搜索本项目的幻灯片",
  "words.leads": "选中某一页，会给所有人翻到那一页。",
  "words.none": "没有哪一页有这些字。",
  "words.found": "找到 {n} 页",
  "words.page": "第 {page} 页",
  "words.ofPage": "第 {page} 页的文字",
  "words.noneHere": "这一页没有可读的文字：整页是图片。",
  "words.pictures": "这份幻灯片没有可搜索的文字：每一页都是图片。",
  "words.noSlides": "台上现在没有幻灯片。",
  "words.matter": "这是闭门路演，看过的每一页都有记录，所以不提供幻灯片搜索。",
};
