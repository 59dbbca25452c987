// Records out of pasted or stored text: fields parted by commas, tabs or bars, quoted where they
// hold a delimiter or a line end (RFC 4180).

/** @typedef {{line: number, cells: string[]}} Row the line, from 1, on which it begins */
/** @typedef {{line: number, code: "open_quote" | "bad_quote"}} QuoteFault */

/** Bars part what people write by hand, where quotes are quotes. @typedef {"," | ";" | "\t" | "|"} Delimiter */

const LINE_END = /\r\n|\n|\r/g;

/**
 * @param {string} text @param {Delimiter} delimiter
 * @returns {{rows: Row[], faults: QuoteFault[]}} without empty rows; a record with a fault is left
 *   out, and what follows on the next line is read
 */
export function readRecords(text, delimiter) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {QuoteFault[]} */
  const faults = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const record = readRecord(text, at, delimiter);
    if ("code" in record) faults.push({ line, code: record.code });
    else if (record.cells.some((cell) => cell.trim() !== "")) {
      rows.push({ line, cells: record.cells.map((cell) => cell.trim()) });
    }
    line += [...text.slice(at, record.end).matchAll(LINE_END)].length;
    at = record.end;
  }
  return { rows, faults };
}

/**
 * @param {string} text @param {number} start @param {Delimiter} delimiter
 * @returns {{cells: string[], end: number} | {code: QuoteFault["code"], end: number}}
 */
function readRecord(text, start, delimiter) {
  /** @type {string[]} */
  const cells = [];
  const plain = delimiter === "|" ? /[^|｜\r\n]*/y : new RegExp(`[^${delimiter}\r\n]*`, "y");
  const quoted = /[ ]*"([^"]*(?:""[^"]*)*)("?)[ ]*/y;
  for (let at = start;;) {
    quoted.lastIndex = plain.lastIndex = at;
    const quote = delimiter === "|" ? null : quoted.exec(text);
    if (quote) {
      if (quote[2] === "") return { code: "open_quote", end: lineAfter(text, at) };
      cells.push(quote[1].replaceAll('""', '"'));
      at = quoted.lastIndex;
    } else {
      cells.push(plain.exec(text)?.[0] ?? "");
      at = plain.lastIndex;
    }
    const next = text[at];
    if (next === undefined) return { cells, end: at };
    if (next === "\r" || next === "\n") return { cells, end: lineAfter(text, at) };
    if (quote && next !== delimiter) return { code: "bad_quote", end: lineAfter(text, at) };
    at += 1;
  }
}

/** Where the next line begins. @param {string} text @param {number} at */
function lineAfter(text, at) {
  const end = /\r\n|\n|\r/g;
  end.lastIndex = at;
  return end.exec(text) ? end.lastIndex : text.length;
}
