// A checkpoint: a C2SP signed note whose text is a tlog-checkpoint with a `time MS` extension.
import { equal, fromBase64, join, sha256 } from "./bytes.js";

/**
 * @typedef {object} Checkpoint
 * @property {string} origin
 * @property {number} size in leaves
 * @property {Uint8Array} root 32 bytes
 * @property {number} time milliseconds since the epoch; 0 when the note has none
 * @property {string} body what is signed, with its last newline
 * @property {{name: string, keyHash: Uint8Array, signature: Uint8Array}[]} signatures
 */

/** @param {string} text @returns {Checkpoint | null} null when it is no such note */
export function parseCheckpoint(text) {
  const split = text.indexOf("\n\n");
  if (split < 0 || !text.endsWith("\n")) return null;
  const body = text.slice(0, split + 1);
  const [origin, size, root, ...extensions] = body.slice(0, -1).split("\n");
  const rootBytes = fromBase64(root ?? "");
  if (!origin || !/^(0|[1-9][0-9]{0,15})$/.test(size ?? "") || rootBytes?.length !== 32) {
    return null;
  }
  const signatures = [];
  for (const line of text.slice(split + 2, -1).split("\n")) {
    const match = /^— (\S+) (\S+)$/.exec(line);
    const bytes = match && fromBase64(match[2]);
    if (!match || !bytes || bytes.length < 5) return null;
    signatures.push({ name: match[1], keyHash: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  const time = extensions.map((line) => /^time ([0-9]{1,15})$/.exec(line)?.[1]).find(Boolean);
  return { origin, size: Number(size), root: rootBytes, time: Number(time ?? 0), body, signatures };
}

/**
 * Whether the server's Ed25519 key signed the note; null where this browser cannot tell.
 * @param {Checkpoint} checkpoint
 * @param {Uint8Array} key 32 raw bytes
 * @returns {Promise<boolean | null>}
 */
export async function isSigned(checkpoint, key) {
  let imported;
  try {
    imported = await crypto.subtle.importKey(
      "raw",
      /** @type {BufferSource} */ (key),
      "Ed25519",
      false,
      ["verify"],
    );
  } catch {
    return null; // Browsers without Ed25519 in WebCrypto refuse the import.
  }
  const encoder = new TextEncoder();
  for (const { name, keyHash, signature } of checkpoint.signatures) {
    const id = await sha256(join(encoder.encode(name + "\n"), Uint8Array.of(1), key));
    if (!equal(id.slice(0, 4), keyHash)) continue;
    return await crypto.subtle.verify(
      "Ed25519",
      imported,
      /** @type {BufferSource} */ (signature),
      encoder.encode(checkpoint.body),
    );
  }
  return false;
}
