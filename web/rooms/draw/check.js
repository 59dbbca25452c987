// Recomputes a draw on the page, as docs/log-format.md says it: with what everybody was told.
import { equal, fromHex, join, sha256 } from "../../app/ledger/bytes.js";

/** @import { Draw } from "./types.d.ts" */

const encoder = new TextEncoder();

/** @param {Uint8Array} bytes after their length in 32 bits */
function counted(bytes) {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return join(length, bytes);
}

/** @param {bigint} number in 64 bits */
function long(number) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, number);
  return bytes;
}

/**
 * The order that follows from a draw's values.
 * @param {string} room its id
 * @param {{id: string, slots: string[]}} draw
 * @param {Uint8Array} seed
 * @param {(Uint8Array | null)[]} contributions one for each slot, in the order of the list
 */
export async function orderOf(room, { id, slots }, seed, contributions) {
  const list = await sha256(join(...slots.map((slot) => counted(encoder.encode(slot)))));
  const values = [
    encoder.encode("luyan/draw/1"),
    fromHex(room) ?? new Uint8Array(),
    long(BigInt(id)),
    list,
    seed,
    ...contributions.map((bytes) => bytes ?? new Uint8Array()),
  ];
  const key = await crypto.subtle.importKey(
    "raw",
    /** @type {BufferSource} */ (await sha256(join(...values.map(counted)))),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  let counter = 0n;
  const next = async () => {
    const code = await crypto.subtle.sign("HMAC", key, long(counter++));
    return new DataView(code).getBigUint64(0);
  };
  const order = [...slots];
  for (let last = order.length - 1; last > 0; last--) {
    const places = BigInt(last + 1);
    const limit = (1n << 64n) / places * places;
    let number = await next();
    while (number >= limit) number = await next();
    const place = Number(number % places);
    const kept = /** @type {string} */ (order[last]);
    order[last] = /** @type {string} */ (order[place]);
    order[place] = kept;
  }
  return order;
}

/** Whether those bytes are what was committed. @param {string | null} hex @param {string} commitment */
async function isCommitted(hex, commitment) {
  const [bytes, digest] = [fromHex(hex ?? ""), fromHex(commitment)];
  return bytes !== null && digest !== null && equal(await sha256(bytes), digest);
}

/**
 * What is wrong with a finished draw; null where all of it fits.
 * @param {string} room its id @param {Draw} draw
 * @returns {Promise<"seed" | "contribution" | "order" | null>}
 */
export async function faultOf(room, draw) {
  if (!await isCommitted(draw.seed, draw.commitment)) return "seed";
  const given = new Map(draw.contributions.map((one) => [one.slot, one]));
  const revealed = draw.contributions.filter(({ contribution }) => contribution !== null);
  for (const { contribution, commitment } of revealed) {
    if (!await isCommitted(contribution, commitment)) return "contribution";
  }
  const order = await orderOf(
    room,
    draw,
    fromHex(draw.seed ?? "") ?? new Uint8Array(),
    draw.slots.map((slot) => {
      const hex = given.get(slot)?.contribution;
      return hex ? fromHex(hex) : null;
    }),
  );
  return order.join() === draw.order?.join() ? null : "order";
}

/**
 * Whether its list stands in the agenda as it was drawn, but for slots for which nobody came.
 * @param {Draw} draw @param {{id: string, absences?: number}[]} slots
 */
export function stands({ order = [] }, slots) {
  const kept = slots.filter(({ id, absences }) => !absences && order.includes(id))
    .map(({ id }) => id);
  return kept.join() === order.filter((id) => kept.includes(id)).join();
}
