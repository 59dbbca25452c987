// Proves the checks of a checkpoint: consistency for all small trees, the signature, and the alarm.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64, fromHex, join, sha256 } from "../app/ledger/bytes.js";
import { isConsistent } from "../app/ledger/merkle.js";
import { isSigned, parseCheckpoint } from "../app/ledger/note.js";
import { judge } from "../app/ledger/trust.js";

const MOST = 17; // leaves
const leaves = await Promise.all(
  Array.from({ length: MOST }, (_, i) => leafHash(Uint8Array.of(i))),
);

/** @param {Uint8Array} left @param {Uint8Array} right */
function nodeHash(left, right) {
  return sha256(join(Uint8Array.of(1), left, right));
}

/** @param {Uint8Array} leaf */
function leafHash(leaf) {
  return sha256(join(Uint8Array.of(0), leaf));
}

/** @param {Uint8Array} bytes */
function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** RFC 9162 §2.1.1, word for word. @param {Uint8Array[]} part @returns {Promise<Uint8Array>} */
async function root(part) {
  if (part.length === 0) return sha256(new Uint8Array());
  if (part.length === 1) return part[0];
  const k = split(part.length);
  return nodeHash(await root(part.slice(0, k)), await root(part.slice(k)));
}

/** RFC 9162 §2.1.4.1. @param {number} m @param {Uint8Array[]} part @param {boolean} whole @returns {Promise<Uint8Array[]>} */
async function proof(m, part, whole = true) {
  if (m === part.length) return whole ? [] : [await root(part)];
  const k = split(part.length);
  return m <= k
    ? [...await proof(m, part.slice(0, k), whole), await root(part.slice(k))]
    : [...await proof(m - k, part.slice(k), false), await root(part.slice(0, k))];
}

/** The greatest power of two below n. @param {number} n */
function split(n) {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

test("every tree continues every smaller one, and no other root does", async () => {
  for (let to = 1; to <= MOST; to++) {
    const second = await root(leaves.slice(0, to));
    for (let from = 1; from <= to; from++) {
      const first = await root(leaves.slice(0, from));
      const hashes = await proof(from, leaves.slice(0, to));
      const given = { from, to, first, second, hashes };
      const name = `${from} of ${to}`;
      assert.equal(await isConsistent(given), true, name);
      const wrong = Uint8Array.from(first, (byte) => byte ^ 1);
      assert.equal(await isConsistent({ ...given, first: wrong }), false, `${name}, old root`);
      assert.equal(await isConsistent({ ...given, second: wrong }), false, `${name}, new root`);
      assert.equal(
        await isConsistent({ ...given, hashes: [...hashes, first] }),
        false,
        `${name}, a hash too many`,
      );
      if (hashes.length > 0) {
        assert.equal(
          await isConsistent({ ...given, hashes: hashes.slice(1) }),
          false,
          `${name}, a hash too few`,
        );
      }
    }
  }
});

test("a smaller tree continues none", async () => {
  const [first, second] = [await root(leaves.slice(0, 4)), await root(leaves.slice(0, 3))];
  assert.equal(await isConsistent({ from: 4, to: 3, first, second, hashes: [] }), false);
});

const ORIGIN = "luyan/test/00";
const pair = /** @type {CryptoKeyPair} */ (
  await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])
);
const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
const key = { fingerprint: toHex(await sha256(raw)), publicKey: toHex(raw), known: null };

/** A signed note as C2SP describes it. @param {number} size @param {Uint8Array} tree @param {string} origin */
async function note(size, tree, origin = ORIGIN) {
  const name = "luyan/test";
  const body = `${origin}\n${size}\n${base64(tree)}\ntime 1700000000000\n`;
  const id = await sha256(join(new TextEncoder().encode(`${name}\n`), Uint8Array.of(1), raw));
  const signed = await crypto.subtle.sign(
    "Ed25519",
    pair.privateKey,
    new TextEncoder().encode(body),
  );
  return `${body}\n— ${name} ${base64(join(id.slice(0, 4), new Uint8Array(signed)))}\n`;
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

const [three, seven] = [await root(leaves.slice(0, 3)), await root(leaves.slice(0, 7))];
const [old, grown] = [await note(3, three), await note(7, seven)];
const hashes = (await proof(3, leaves.slice(0, 7))).map(toHex);

test("a note is read: origin, size, root, time", () => {
  const read = parseCheckpoint(old);
  assert.equal(read?.origin, ORIGIN);
  assert.equal(read?.size, 3);
  assert.equal(read?.time, 1_700_000_000_000);
  assert.deepEqual(read?.root, three);
});

for (
  const [name, text] of Object.entries({
    "no signature": old.split("\n\n")[0] + "\n",
    "a size with a zero before it": old.replace("\n3\n", "\n03\n"),
    "a short root": old.replace(base64(three), base64(three.slice(1))),
    "no end of line": old.trimEnd(),
    "a signature line without dash": old.replace("— ", "- "),
  })
) test(`no note: ${name}`, () => assert.equal(parseCheckpoint(text), null));

test("a signature holds for its text and key alone", async () => {
  const read = parseCheckpoint(old);
  assert.ok(read);
  assert.equal(await isSigned(read, raw), true);
  assert.equal(await isSigned({ ...read, body: read.body + "x" }, raw), false);
  assert.equal(await isSigned(read, new Uint8Array(32).fill(9)), false);
});

const sound = { origin: ORIGIN, kept: old, note: grown, proof: { from: 3, to: 7, hashes }, key };

test("a log that continues the kept checkpoint is proven", async () => {
  const trust = await judge(sound);
  assert.deepEqual(trust, {
    is: "held",
    size: 7,
    at: 1_700_000_000_000,
    signature: "valid",
    proven: true,
  });
});

test("a first checkpoint is held, not proven", async () => {
  const trust = await judge({ ...sound, kept: null, proof: null });
  assert.equal(trust.is === "held" && trust.proven, false);
});

test("without the public key the signature is unchecked", async () => {
  const trust = await judge({ ...sound, key: { ...key, publicKey: null } });
  assert.equal(trust.is === "held" && trust.signature, "unchecked");
});

/** @import { Evidence } from "../app/ledger/trust.js" */
/** @type {[string, Partial<Evidence>][]} */
const alarms = [
  ["shrunk", { kept: grown, note: old }],
  ["proof", { proof: { from: 3, to: 7, hashes: hashes.map((hash) => hash.replace(/./g, "0")) } }],
  ["proof", { proof: { from: 2, to: 7, hashes } }],
  ["proof", { proof: { from: 3, to: 7, hashes: ["x"] } }],
  ["proof", { kept: await note(7, three) }],
  ["origin", { origin: "luyan/test/11" }],
  ["signature", { note: grown.replace("time 17", "time 18") }],
  ["signature", { key: { ...key, fingerprint: "00".repeat(32) } }],
  ["key", { key: { ...key, known: "00".repeat(32) } }],
  ["malformed", { note: "nothing" }],
];
for (const [why, change] of alarms) {
  test(`the alarm sounds: ${why}, ${Object.keys(change)}`, async () => {
    assert.deepEqual(await judge({ ...sound, ...change }), { is: "broken", why });
  });
}

test("hex and base64 refuse what is none", () => {
  assert.deepEqual(fromHex("00ff"), Uint8Array.of(0, 255));
  for (const wrong of ["0", "0g", "FF"]) assert.equal(fromHex(wrong), null);
  assert.deepEqual(fromBase64("AP8="), Uint8Array.of(0, 255));
  for (const wrong of ["AP8", "A?8=", "=AP8"]) assert.equal(fromBase64(wrong), null);
});
