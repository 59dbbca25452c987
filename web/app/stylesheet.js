// A stylesheet that few people need, fetched with what it is for.

/** @type {Map<string, Promise<void>>} */
const sheets = new Map();

/** @param {string} address @returns {Promise<void>} once it applies; a failure is forgotten */
export function addStylesheet(address) {
  const known = sheets.get(address);
  if (known) return known;
  /** @type {Promise<void>} */
  const sheet = new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = () => done();
    link.onerror = () => {
      sheets.delete(address);
      link.remove();
      failed(new Error(`no ${address}`));
    };
    document.head.append(link);
  });
  sheets.set(address, sheet);
  return sheet;
}
