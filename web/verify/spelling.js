// The one spelling of a line (docs/log-format.md): what was read is written again and compared.

/** @type {Record<string, string>} */
const SHORT = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** @param {unknown} value @returns {string} */
export function written(value) {
  if (value === null) return "null";
  if (typeof value === "string") {
    // deno-lint-ignore no-control-regex
    return `"${value.replace(/["\\\u0000-\u001f]/g, (one) => SHORT[one] ?? escape(one))}"`;
  }
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value).map(([name, one]) => `${written(name)}:${written(one)}`)}}`;
  }
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return String(value);
  throw new TypeError("no line holds such a value");
}

/** @param {string} one */
const escape = (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** @param {unknown} condition */
export function need(condition) {
  if (!condition) throw new TypeError("not what the format says");
}
