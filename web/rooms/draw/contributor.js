// A presenter's page contributes to a draw by itself: it commits to random bytes at once and reveals
// them when all have committed. The bytes outlive a reload, under their commitment.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { fromHex, hasCrypto, sha256, toHex } from "../../app/ledger/bytes.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const BYTES = 32;

/** Where a browser keeps nothing, a reload loses the bytes. @type {Map<string, string>} */
const kept = new Map();

/** @param {string} commitment @param {string} bytes */
function keep(commitment, bytes) {
  kept.set(commitment, bytes);
  try {
    localStorage.setItem(`luyan.draw.${commitment}`, bytes);
  } catch {
    // The page itself has them.
  }
}

/** @param {string} commitment */
function recall(commitment) {
  try {
    return localStorage.getItem(`luyan.draw.${commitment}`) ?? kept.get(commitment) ?? null;
  } catch {
    return kept.get(commitment) ?? null;
  }
}

/** What this page sent already: of a draw and slot, the commitment; of a commitment, the reveal. */
const sent = new Set();

/** @param {RoomStore} store @param {string} draw @param {string} slot */
async function commit(store, draw, slot) {
  const mark = `${draw}/${slot}`;
  if (sent.has(mark)) return;
  sent.add(mark);
  const bytes = toHex(crypto.getRandomValues(new Uint8Array(BYTES)));
  const commitment = toHex(await sha256(/** @type {Uint8Array} */ (fromHex(bytes))));
  keep(commitment, bytes);
  store.order("draw.commit", { draw, slot, commitment });
}

/** @param {{store: RoomStore, room: Room}} props */
export function Contributor({ store, room }) {
  const draw = /** @type {import("./types.d.ts").Draw} */ (room.draw);
  const own = draw.slots.filter((slot) => store.you.slots.includes(slot));
  const given = draw.contributions.filter(({ slot }) => own.includes(slot));
  const [lost, setLost] = useState(false);
  useEffect(() => {
    if (!hasCrypto()) return;
    if (draw.phase === "committing") {
      const open = own.filter((slot) => !given.some((one) => one.slot === slot));
      for (const slot of open) commit(store, draw.id, slot);
    } else {
      for (const { slot, commitment, contribution, by } of given) {
        if (contribution !== null || sent.has(commitment)) continue;
        const bytes = recall(commitment);
        if (bytes === null) {
          setLost(by === store.you.member);
          continue;
        }
        sent.add(commitment);
        store.order("draw.reveal", { draw: draw.id, slot, contribution: bytes });
      }
    }
  }, [draw.id, draw.phase, given.length]);
  return h("p", { class: "banner info" }, t(`draw.own.${state()}`));

  function state() {
    if (!hasCrypto()) return "insecure";
    if (lost) return "lost";
    if (given.length === 0) return draw.phase === "committing" ? "sending" : "late";
    return given.every(({ contribution }) => contribution !== null) ? "revealed" : "committed";
  }
}
