// Proves that what is fetched ahead is what is needed: app/modules.js and the document's preloads.
// `UPDATE_GOLDEN=1 deno test --allow-all tests/modules.test.js` writes them anew.
import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { readFile, writeFile } from "node:fs/promises";

const web = new URL("../", import.meta.url);
const PAGES = [
  "home",
  "room",
  "new",
  "join",
  "organisations",
  "organisation",
  "enter",
  "sign-in",
  "account",
  "people",
  "profile",
  "screen",
  "outcome",
  "archive",
  "verify",
  "replay",
  "event",
  "new-event",
  "search",
];

/** A page's name as the formatter writes a key. @param {string} page */
const key = (page) => /^\w+$/.test(page) ? page : `"${page}"`;

/** A module's address and those of all that it imports, without dynamic imports. */
/** @param {string} path @param {Set<string>} [known] @returns {Promise<Set<string>>} */
async function closure(path, known = new Set()) {
  if (known.has(path)) return known;
  known.add(path);
  if (path.startsWith("/vendor/")) return known;
  const source = await readFile(new URL(`.${path}`, web), "utf8");
  for (
    const [, name] of source.matchAll(/^(?:import|\} from|export .* from)[^"\n]*"(\.[^"]+)";$/gm)
  ) {
    await closure(new URL(name, `http://page${path}`).pathname, known);
  }
  return known;
}

const start = await closure("/app/main.js");

test("the document preloads what its script imports", async () => {
  const file = new URL("index.html", web);
  const document = await readFile(file, "utf8");
  const links = [...start].filter((path) => path !== "/app/main.js").sort()
    .map((path) => `    <link rel="modulepreload" href="${path}">\n`).join("");
  const wanted = document.replace(/(?: *<link rel="modulepreload"[^\n]*\n)+/, links);
  if (process.env.UPDATE_GOLDEN) await writeFile(file, wanted);
  else assert.equal(document, wanted);
});

test("each page is one of these", async () => {
  const source = await readFile(new URL("app/main.js", web), "utf8");
  const names = source.split("const PAGES = {")[1].split("\n};")[0]
    .matchAll(/^ {2}"?([\w-]+)"?: (?:async )?\(\) =>/gm);
  const pages = [...names].map(([, name]) => name).filter((name) => name !== "nowhere");
  assert.deepEqual(pages.sort(), [...PAGES].sort());
});

test("each page's modules are listed", async () => {
  const file = new URL("app/modules.js", web);
  /** @type {Record<string, string[]>} */
  const modules = { nowhere: [] };
  for (const page of PAGES) {
    modules[page] = [...await closure(`/app/pages/${page}.js`)].filter((path) => !start.has(path))
      .sort();
  }
  const body = Object.entries(modules)
    .map(([page, paths]) =>
      paths.length === 0
        ? `  ${key(page)}: [],`
        : `  ${key(page)}: [\n${paths.map((path) => `    "${path}",`).join("\n")}\n  ],`
    )
    .join("\n");
  const wanted =
    `// What each page needs beyond app/main.js, fetched ahead; written by tests/modules.test.js.

/** @type {Record<string, string[]>} */
export const MODULES = {
${body}
};
`;
  if (process.env.UPDATE_GOLDEN) await writeFile(file, wanted);
  else assert.equal(await readFile(file, "utf8"), wanted);
});
