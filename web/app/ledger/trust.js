// Judges a new checkpoint against the one kept: the alarm of a log that shrank or was rewritten.
import { equal, fromHex, hasCrypto, sha256 } from "./bytes.js";
import { isConsistent } from "./merkle.js";
import { isSigned, parseCheckpoint } from "./note.js";

/** @import { Trust } from "../../types.d.ts" */

/**
 * @typedef {object} Evidence
 * @property {string} origin what the note must begin with: `luyan/SERVER/ROOM`
 * @property {string | null} kept the note kept from before
 * @property {string} note the note that came now
 * @property {{from: number, to: number, hashes: string[]} | null} proof missing with live notes
 * @property {{fingerprint: string, publicKey: string | null, known: string | null}} key
 *   in hex; `known` is the fingerprint this browser saw first
 */

/** @param {Evidence} evidence @returns {Promise<Trust>} */
export async function judge({ origin, kept, note, proof, key }) {
  if (!hasCrypto()) return { is: "unsupported" };
  if (key.known !== null && key.known !== key.fingerprint) return { is: "broken", why: "key" };
  const now = parseCheckpoint(note);
  if (!now) return { is: "broken", why: "malformed" };
  if (now.origin !== origin) return { is: "broken", why: "origin" };
  const signature = await signatureState(now, key);
  if (signature === "invalid") return { is: "broken", why: "signature" };
  const held = /** @type {const} */ ({
    is: "held",
    size: now.size,
    at: now.time,
    signature,
  });
  const before = kept === null ? null : parseCheckpoint(kept);
  if (before === null || before.origin !== origin) return { ...held, proven: false };
  if (now.size < before.size) return { is: "broken", why: "shrunk" };
  if (now.size === before.size && !equal(now.root, before.root)) {
    return { is: "broken", why: "proof" };
  }
  if (proof === null) return { ...held, proven: now.size === before.size };
  const hashes = proof.hashes.map(fromHex);
  if (hashes.includes(null) || proof.from !== before.size || proof.to !== now.size) {
    return { is: "broken", why: "proof" };
  }
  const holds = await isConsistent({
    from: proof.from,
    to: proof.to,
    first: before.root,
    second: now.root,
    hashes: /** @type {Uint8Array[]} */ (hashes),
  });
  return holds ? { ...held, proven: true } : { is: "broken", why: "proof" };
}

/**
 * @param {import("./note.js").Checkpoint} note
 * @param {Evidence["key"]} key
 * @returns {Promise<"valid" | "invalid" | "unchecked">}
 */
async function signatureState(note, key) {
  const raw = key.publicKey === null ? null : fromHex(key.publicKey);
  if (raw === null || raw.length !== 32) return "unchecked";
  const fingerprint = fromHex(key.fingerprint);
  if (!fingerprint || !equal(await sha256(raw), fingerprint)) return "invalid";
  const valid = await isSigned(note, raw);
  return valid === null ? "unchecked" : valid ? "valid" : "invalid";
}
