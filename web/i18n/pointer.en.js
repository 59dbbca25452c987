// The texts of the pointer, fetched with it, in English; the keys are those of pointer.zh-CN.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "pointer.tool": "Pointer",
  "pointer.hint": "Move the mouse or a finger over the slide, or press arrow keys here; key L",
};
