// The administrative divisions of China (GB/T 2260): fetched once, where a page needs them.

/** @typedef {{code: string, name: string, englishName?: string}} Region */

/** @type {Promise<Region[]> | null} */
let table = null;

/** A failure is forgotten, so that it is asked again. @returns {Promise<Region[]>} */
export function regions() {
  table ??= fetch("/data/regions.txt").then(async (answer) => {
    if (!answer.ok) throw new Error(`regions: ${answer.status}`);
    return parse(await answer.text());
  }).catch((error) => {
    table = null;
    throw error;
  });
  return table;
}

/** @param {string} text @returns {Region[]} */
export function parse(text) {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).map((line) => {
    const [code, name, englishName] = line.split("\t");
    return { code, name, englishName };
  });
}
