// Keeps a room's newest checkpoint in this browser and raises the alarm when a later one denies it.
import { judge } from "../app/ledger/trust.js";
import { getSite } from "../app/api.js";
import { readItem, writeItem } from "../app/storage.js";

/** @import { Trust } from "../types.d.ts" */
/** @typedef {{room: string, note: string, key: string}} Kept `key` is the signer's fingerprint */
/** @typedef {{from: number, to: number, hashes: string[]}} Proof */

const ITEM = "luyan.checkpoints";
const MOST = 100; // rooms; the ones not visited for longest are forgotten

export class TrustKeeper {
  #room;
  #tell;
  /** One judgement after the other, in the order of the notes. */
  #line = Promise.resolve();
  #broken = false;

  /** @param {string} room @param {(trust: Trust) => void} tell */
  constructor(room, tell) {
    this.#room = room;
    this.#tell = tell;
  }

  /** The note to send with the next join; null when none is kept, or the alarm is on. */
  get note() {
    return this.#broken ? null : find(this.#room)?.note ?? null;
  }

  /** The note in the answer to a join, with the proof from the kept one. */
  /** @param {string} note @param {Proof | null} proof */
  joined(note, proof) {
    this.#add(note, proof);
  }

  /** A note that came while watching; the next join proves it. @param {string} note */
  came(note) {
    this.#add(note, null);
  }

  /** The server itself says that the kept note is beyond its log, or not its own. */
  /** @param {"shrunk" | "key"} why */
  denied(why) {
    this.#broken = true;
    this.#tell({ is: "broken", why });
  }

  /** The kept note cannot be read by the server: it is worth nothing. */
  forget() {
    writeItem(ITEM, load().filter(({ room }) => room !== this.#room));
  }

  /** @param {string} note @param {Proof | null} proof */
  #add(note, proof) {
    const judged = this.#line.then(async () => {
      if (this.#broken) return; // An alarm stays.
      const site = await getSite();
      const kept = find(this.#room);
      const trust = await judge({
        origin: `luyan/${site.serverName}/${this.#room}`,
        kept: kept?.note ?? null,
        note,
        proof,
        key: {
          fingerprint: site.key,
          publicKey: site.publicKey ?? null,
          known: kept?.key ?? null,
        },
      });
      if (trust.is === "held") keep({ room: this.#room, note, key: site.key });
      this.#broken = trust.is === "broken";
      this.#tell(trust);
    });
    // Without /api/v1/site nothing can be judged; the next note tries again.
    this.#line = judged.catch(() => {});
  }
}

/** @returns {Kept[]} newest last */
function load() {
  const kept = readItem(ITEM);
  return Array.isArray(kept) ? kept : [];
}

/** @param {string} room */
function find(room) {
  return load().find((kept) => kept.room === room);
}

/** @param {Kept} kept */
function keep(kept) {
  writeItem(ITEM, [...load().filter(({ room }) => room !== kept.room), kept].slice(-MOST));
}
