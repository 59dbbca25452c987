// The texts of the pointer, fetched with it, in Chinese; the keys are those of pointer.en.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "pointer.tool": "激光笔",
  "pointer.hint": "打开后在幻灯片上移动鼠标或手指；焦点在此按钮时可用方向键；快捷键 L",
};
