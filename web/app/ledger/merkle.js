// Consistency of two Merkle trees (RFC 9162 §2.1.4.2; the tree is RFC 6962's).
import { equal, join, sha256 } from "./bytes.js";

/** @param {Uint8Array} left @param {Uint8Array} right */
function nodeHash(left, right) {
  return sha256(join(Uint8Array.of(1), left, right));
}

/**
 * Whether the tree of `to` leaves begins with the tree of `from` leaves.
 * @param {{from: number, to: number, first: Uint8Array, second: Uint8Array, hashes: Uint8Array[]}} proof
 *   sizes in leaves, roots and hashes of 32 bytes
 */
export async function isConsistent({ from, to, first, second, hashes }) {
  if (from > to || from < 0) return false;
  if (from === to) return hashes.length === 0 && equal(first, second);
  // The empty tree is the beginning of every tree; there is nothing to prove.
  if (from === 0) return hashes.length === 0;
  const path = [...hashes];
  if (isPowerOfTwo(from)) path.unshift(first);
  const start = path.shift();
  if (start === undefined) return false;
  let [node, last] = [from - 1, to - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [old, grown] = [start, start];
  for (const hash of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [old, grown] = [await nodeHash(hash, old), await nodeHash(hash, grown)];
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      grown = await nodeHash(grown, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equal(old, first) && equal(grown, second);
}

/** Sizes may pass 32 bits, so no shift operators. @param {number} n */
function half(n) {
  return Math.floor(n / 2);
}

/** @param {number} n */
function isPowerOfTwo(n) {
  while (n % 2 === 0) n /= 2;
  return n === 1;
}
