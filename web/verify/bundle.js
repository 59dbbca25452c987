// Checks a bundle, or a log by itself, as docs/verification.md says, without a server.
import { fromBase64, join, toHex } from "../app/ledger/bytes.js";
import { isSigned } from "../app/ledger/note.js";
import { Broken, Unusable } from "./fault.js";
import { Log } from "./log.js";
import { Sha256, sha256 } from "./sha256.js";
import { need, written } from "./spelling.js";
import { contentOf, readDirectory } from "./zip.js";

/** @import { Source } from "./zip.js" */
/** @typedef {Record<string, any>} Fields */
/**
 * @typedef {object} Report
 * @property {string} room
 * @property {string} server
 * @property {string} key its fingerprint
 * @property {number} events
 * @property {number} draws
 * @property {number} scores
 * @property {number | null} files `null` of a log by itself
 * @property {string | null} scope
 * @property {string | null} view
 * @property {boolean} signed whether this browser could check signatures
 */

const MEMBERS = "bundle,server,room,scope,view,made,events,root,sealed,files";
const LONGEST = 16 << 20; // bytes of a manifest or a line

/**
 * @param {Source} source @param {(share: number) => void} progress 0 to 1
 * @returns {Promise<Report>} @throws {Broken} what does not fit
 */
export async function check(source, progress) {
  const head = await source.bytes(0, Math.min(4, source.size));
  if (toHex(head) !== "504b0304") return await checkLog(source, progress);
  const entries = await readDirectory(source);
  const last = entries.at(-2);
  if (!last || last.name !== "manifest.json" || last.size > LONGEST) throw new Broken("manifest");
  const bytes = await whole(contentOf(source, last));
  const manifest = parse(bytes);
  const [named, there] = [manifest.files.map(nameOf), entries.map(nameOf)];
  for (const name of named) if (!there.includes(name)) throw new Broken("missing", { name });
  for (const name of there.slice(0, -2)) {
    if (!named.includes(name)) throw new Broken("added", { name });
  }
  if (named.join() !== there.slice(0, -2).join()) throw new Broken("manifest");
  const log = new Log();
  let [done, hasLog] = [0, false];
  for (const [index, file] of manifest.files.entries()) {
    const entry = entries[index];
    const state = new Sha256();
    const lines = entry.name === "log.jsonl" ? new Lines(log) : null;
    hasLog ||= lines !== null;
    /** @type {unknown} */
    let fault = null;
    for await (const piece of contentOf(source, entry)) {
      state.update(piece);
      // Whether the file itself was changed is said first.
      if (lines && !fault) await lines.take(piece).catch((error) => fault = error);
      done += piece.length;
      progress(done / source.size);
    }
    const digest = toHex(state.digest());
    const own = entry.name.startsWith("files/") ? entry.name.slice(6).split(".")[0] : digest;
    if (entry.size !== file.size || digest !== file.sha256 || own !== digest) {
      throw new Broken("changed", { name: entry.name });
    }
    if (fault) throw fault;
    lines?.finish();
  }
  if (!hasLog) throw new Broken("missing", { name: "log.jsonl" });
  log.finish();
  if (
    manifest.room !== log.room || manifest.server !== log.server ||
    manifest.events !== log.events || manifest.root !== toHex(log.tree.root)
  ) throw new Broken("other_log");
  await checkNote(source, entries[entries.length - 1], manifest, sha256(bytes), log);
  const digests = new Set(named.map((/** @type {string} */ name) => name.split(".")[0]));
  for (const [file, event] of log.files) {
    if (!digests.has(`files/${file}`)) throw new Broken("lacks", { name: file, event });
  }
  const { scope, view } = manifest;
  return { ...reportOf(log), files: named.length, scope, view };
}

/** @param {Source} source @param {(share: number) => void} progress */
async function checkLog(source, progress) {
  const log = new Log();
  const lines = new Lines(log);
  for (let at = 0; at < source.size; at += 1 << 20) {
    await lines.take(await source.bytes(at, Math.min(at + (1 << 20), source.size)));
    progress(at / source.size);
  }
  lines.finish();
  log.finish();
  return { ...reportOf(log), files: null, scope: null, view: null };
}

/** @param {Log} log */
function reportOf({ room, server, fingerprint: key, events, draws, scores, signed }) {
  return { room, server, key, events, draws, scores: scores.known.size, signed: signed === true };
}

/** Pieces of a file as lines. */
class Lines {
  #log;
  /** @type {Uint8Array[]} */
  #rest = [];
  #length = 0;

  /** @param {Log} log */
  constructor(log) {
    this.#log = log;
  }

  /** @param {Uint8Array} piece */
  async take(piece) {
    let start = 0;
    for (;;) {
      const end = piece.indexOf(10, start);
      const part = piece.subarray(start, end < 0 ? piece.length : end);
      this.#rest.push(part);
      this.#length += part.length;
      if (this.#length > LONGEST) throw new Unusable("line");
      if (end < 0) return;
      await this.#log.take(join(...this.#rest));
      [this.#rest, this.#length, start] = [[], 0, end + 1];
    }
  }

  finish() {
    if (this.#length > 0) throw new Unusable("line");
  }
}

/** @param {Uint8Array} bytes @returns {Fields} */
function parse(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const manifest = JSON.parse(text);
    if (Number.isInteger(manifest.bundle) && manifest.bundle !== 1) throw new Unusable("version");
    need(Object.keys(manifest).join() === MEMBERS && manifest.bundle === 1);
    need(`${written(manifest)}\n` === text);
    need(
      manifest.files.every((/** @type {Fields} */ file) =>
        Object.keys(file).join() === "name,size,sha256"
      ),
    );
    return manifest;
  } catch (error) {
    if (error instanceof Broken) throw error;
    throw new Broken("manifest");
  }
}

/**
 * @param {Source} source @param {import("./zip.js").Entry} entry @param {Fields} manifest
 * @param {Uint8Array} digest @param {Log} log
 */
async function checkNote(source, entry, { server, room }, digest, log) {
  const isThere = entry.name === "manifest.note" && entry.size <= 16_384;
  const text = isThere ? new TextDecoder().decode(await whole(contentOf(source, entry))) : "";
  const [origin, of, empty, signature, end, ...more] = text.split("\n");
  const match = /^— (\S+) (\S+)$/.exec(signature ?? "");
  const bytes = match && fromBase64(match[2]);
  const told = fromBase64(of ?? "");
  const fits = origin === `luyan/${server}/${room}/bundle` && empty === "" && end === "" &&
    more.length === 0 && told && toHex(told) === toHex(digest) &&
    match?.[1] === `luyan/${server}` &&
    bytes && bytes.length === 68;
  if (!fits) throw new Broken("signature");
  const note = /** @type {any} */ ({
    body: `${origin}\n${of}\n`,
    signatures: [{ name: match[1], keyHash: bytes.slice(0, 4), signature: bytes.slice(4) }],
  });
  const signed = await isSigned(note, log.key);
  if (signed === false) throw new Broken("signature");
  if (signed === null) log.signed = null;
}

/** @param {AsyncIterable<Uint8Array>} pieces */
async function whole(pieces) {
  const all = [];
  for await (const piece of pieces) all.push(piece);
  return join(...all);
}

/** @param {Fields} file @returns {string} */
const nameOf = ({ name }) => name;
