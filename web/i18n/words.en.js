// The texts of the words on slides, fetched with them, in English; the keys are those of words.zh-CN.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "error.terms.page_by_page": "Of a closed roadshow each page is asked for by itself.",
  "words.title": "Words on the slides",
  "words.search": "Search this project's slides",
  "words.leads": "Choosing a page shows it to everyone.",
  "words.none": "No page has these words.",
  "words.found": { one: "1 page", other: "{n} pages" },
  "words.page": "Page {page}",
  "words.ofPage": "Words on page {page}",
  "words.noneHere": "There are no words to read on this page: it is a picture.",
  "words.pictures": "There are no words in these slides: they are pictures.",
  "words.noSlides": "There are no slides on stage now.",
  "words.matter":
    "This is a closed roadshow: each page that you look at is noted, so its slides are not searched.",
};
