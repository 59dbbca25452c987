// Small values kept in this browser; where storage is forbidden they last as long as the page.

/** @type {Map<string, string>} */
const memory = new Map();

/** @param {string} item @returns {any} what was written, or null */
export function readItem(item) {
  let text;
  try {
    text = localStorage.getItem(item);
  } catch {
    text = memory.get(item) ?? null; // Private windows may forbid storage.
  }
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null; // Written by something else.
  }
}

/** @param {string} item @param {unknown} value */
export function writeItem(item, value) {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(item, text);
  } catch {
    memory.set(item, text);
  }
}
