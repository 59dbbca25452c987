// A room's log, line by line (docs/log-format.md): chain, tree, checkpoints, draws, scores.
import { fromBase64, fromHex, toHex } from "../app/ledger/bytes.js";
import { isSigned, parseCheckpoint } from "../app/ledger/note.js";
import { faultOf } from "../rooms/draw/check.js";
import { Broken, Unusable } from "./fault.js";
import { Scores } from "./scores.js";
import { sha256 } from "./sha256.js";
import { need, written } from "./spelling.js";

/** @typedef {Record<string, any>} Fields */

const AUDIENCE = /^(everyone|members|staff|server|role:[a-z0-9_]{1,32}|member:[0-9a-f]{16})$/;
const SERVER = /^[a-zA-Z0-9._-]{1,64}$/;
const HASH = /^[0-9a-f]{64}$/;
const ROOM = /^[0-9a-f]{32}$/;
const encoder = new TextEncoder();

export class Log {
  room = "";
  server = "";
  /** @type {Uint8Array} */
  key = new Uint8Array();
  events = 0;
  checkpoints = 0;
  covered = 0;
  draws = 0;
  /** Whether this browser could check signatures. */
  signed = /** @type {boolean | null} */ (true);
  scores = new Scores();
  /** Files that it shows, with the event that showed each first. @type {Map<string, number>} */
  files = new Map();
  tree = new Tree();
  #line = 0;
  #time = 0;
  /** @type {Uint8Array} */
  #last = new Uint8Array();
  /** @type {Fields | null} */
  #draw = null;

  /** @param {Uint8Array} bytes of a line, without its end */
  async take(bytes) {
    this.#line += 1;
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      const line = JSON.parse(text);
      if (Number.isInteger(line.log) && line.log !== 1) throw new Unusable("version");
      need(written(line) === text);
      const kind = Object.keys(line)[0];
      if (kind === "log") this.#start(line);
      else if (kind === "seq") await this.#event(line);
      else if (kind === "checkpoint") await this.#checkpoint(line);
      else need(false);
    } catch (error) {
      if (error instanceof Broken) throw error;
      throw new Unusable("line", { event: this.#line });
    }
  }

  /** When all was taken. */
  finish() {
    if (this.room === "") throw new Unusable("empty");
    this.scores.compare();
    if (this.covered < this.events || this.checkpoints === 0) throw new Broken("uncovered");
  }

  get fingerprint() {
    return toHex(sha256(this.key));
  }

  /** @param {Fields} line */
  #start(line) {
    need(spelled(line, "log,room,genesis") && this.room === "");
    need(ROOM.test(line.room) && typeof line.genesis === "string");
    const genesis = JSON.parse(line.genesis);
    need(genesis.v === 1 && SERVER.test(genesis.server) && HASH.test(genesis.key));
    need(genesis.hash === "sha256" && genesis.sign === "ed25519");
    [this.room, this.server] = [line.room, genesis.server];
    this.key = fromHex(genesis.key) ?? new Uint8Array();
    this.#last = sha256(Uint8Array.of(5), bytesOf(line.room), encoder.encode(line.genesis));
  }

  /** @param {Fields} line */
  async #event({ seq, at, content, hash, parts, ...rest }) {
    need(this.room !== "" && Object.keys(rest).length === 0 && Array.isArray(parts));
    need(HASH.test(content) && HASH.test(hash));
    const digests = parts.map(partDigest);
    const found = sha256(Uint8Array.of(3), ...digests);
    const event = this.events + 1;
    if (seq !== event) throw new Broken("sequence", { event });
    if (at < this.#time) throw new Broken("time", { event });
    if (toHex(found) !== content) throw new Broken("content", { event });
    const header = new Uint8Array(65);
    const view = new DataView(header.buffer);
    header[0] = 1;
    header.set(bytesOf(this.room), 1);
    view.setBigUint64(17, BigInt(seq));
    view.setBigUint64(25, BigInt(at));
    header.set(found, 33);
    const digest = sha256(Uint8Array.of(4), this.#last, header);
    if (toHex(digest) !== hash) throw new Broken("chain", { event });
    [this.#last, this.#time, this.events] = [digest, at, event];
    this.tree.add(digest);
    await this.#drawn(event, parts);
    this.scores.take(event, parts);
    for (const { text = "" } of parts.slice(1)) this.#noteFiles(event, text);
  }

  /** @param {number} event @param {string} text */
  #noteFiles(event, text) {
    if (!text.startsWith('{"texts":{"files":')) return;
    for (const { file } of JSON.parse(text).texts.files) {
      if (!this.files.has(file)) this.files.set(file, event);
    }
  }

  /** @param {Fields} line */
  async #checkpoint(line) {
    need(spelled(line, "checkpoint") && this.room !== "");
    const note = parseCheckpoint(line.checkpoint);
    const name = { event: this.events };
    if (note === null) throw new Unusable("line", { event: this.#line });
    if (note.origin !== `luyan/${this.server}/${this.room}`) throw new Broken("origin", name);
    if (note.size !== this.events) throw new Broken("place", name);
    if (toHex(note.root) !== toHex(this.tree.root)) throw new Broken("root", name);
    const signed = await isSigned(note, this.key);
    if (signed === false) throw new Broken("note", name);
    if (signed === null) this.signed = null;
    this.checkpoints += 1;
    this.covered = note.size;
  }

  /** @param {number} event @param {Fields[]} parts */
  async #drawn(event, parts) {
    const text = parts.map((part) => part.text ?? "").find((one) =>
      one.startsWith('{"type":"draw.')
    );
    if (text === undefined) return;
    const { type, data } = JSON.parse(text);
    if (type === "draw.started") {
      const { slots, commitment } = data;
      this.#draw = { id: String(event), slots, commitment, contributions: [] };
      return;
    }
    if (type === "draw.failed") this.#draw = null;
    const draw = this.#draw;
    if (!["draw.committed", "draw.revealed", "draw.finished"].includes(type)) return;
    if (!draw || draw.id !== data.draw) throw new Broken("draw", { event });
    if (type === "draw.committed") {
      draw.contributions.push({ slot: data.slot, commitment: data.commitment, contribution: null });
    } else if (type === "draw.revealed") {
      const given = draw.contributions.find((/** @type {Fields} */ one) => one.slot === data.slot);
      if (!given) throw new Broken("draw", { event });
      given.contribution = data.contribution;
    } else {
      const whole = /** @type {any} */ ({ ...draw, seed: data.seed, order: data.order });
      if (await faultOf(this.room, whole) !== null) throw new Broken("draw", { event });
      [this.#draw, this.draws] = [null, this.draws + 1];
    }
  }
}

/** The tree of RFC 6962 §2.1: roots of complete subtrees, like the digits of a binary counter. */
class Tree {
  /** @type {Uint8Array[]} */
  #stack = [];
  #count = 0;

  /** @param {Uint8Array} leaf */
  add(leaf) {
    let digest = sha256(Uint8Array.of(0), leaf);
    for (let n = this.#count; n % 2 === 1; n = (n - 1) / 2) {
      digest = sha256(Uint8Array.of(1), /** @type {Uint8Array} */ (this.#stack.pop()), digest);
    }
    this.#stack.push(digest);
    this.#count += 1;
  }

  get root() {
    if (this.#stack.length === 0) return sha256();
    return this.#stack.reduceRight((right, left) => sha256(Uint8Array.of(1), left, right));
  }
}

/** @param {Fields} part */
function partDigest(part) {
  if (spelled(part, "digest")) {
    need(HASH.test(part.digest));
    return bytesOf(part.digest);
  }
  const isText = spelled(part, "to,salt,text");
  need(isText || spelled(part, "to,salt,base64"));
  need(AUDIENCE.test(part.to) && HASH.test(part.salt));
  const bytes = isText ? encoder.encode(part.text) : fromBase64(part.base64);
  need(bytes !== null);
  const to = encoder.encode(part.to);
  return sha256(
    Uint8Array.of(2),
    bytesOf(part.salt),
    Uint8Array.of(to.length),
    to,
    /** @type {Uint8Array} */ (bytes),
  );
}

/** Whether it has those members, in that order. @param {Fields} object @param {string} names */
const spelled = (object, names) => Object.keys(object).join() === names;

/** @param {string} text of hex digits */
const bytesOf = (text) => /** @type {Uint8Array} */ (fromHex(text));
