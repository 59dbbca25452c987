// What an Opus packet says of itself in its first bytes (RFC 6716 §3.1).

/** Frame lengths in microseconds, by the two lowest bits of the configuration. */
const SILK = [10_000, 20_000, 40_000, 60_000];
const HYBRID = [10_000, 20_000, 10_000, 20_000];
const CELT = [2_500, 5_000, 10_000, 20_000];
const MOST = 120_000; // microseconds in one packet (§3.4, R5)

/** 20 ms of silence, mono. */
export const SILENT_PACKET = new Uint8Array([0xf8, 0xff, 0xfe]);

/** @param {Uint8Array} packet @returns {number} microseconds; 0 when it cannot be one */
export function packetDuration(packet) {
  if (packet.length === 0) return 0;
  const configuration = packet[0] >> 3;
  const lengths = configuration < 12 ? SILK : configuration < 16 ? HYBRID : CELT;
  const code = packet[0] & 3;
  const count = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 63;
  const duration = count * lengths[configuration & 3];
  return duration > MOST ? 0 : duration;
}

/** The decoder's configuration (RFC 7845 §5.1). @param {number} channels @returns {Uint8Array} */
export function opusHead(channels) {
  const head = new Uint8Array(19);
  head.set(new TextEncoder().encode("OpusHead"));
  const view = new DataView(head.buffer);
  view.setUint8(8, 1);
  view.setUint8(9, channels);
  view.setUint16(10, 312, true); // Pre-skip: 6.5 ms, what libopus looks ahead.
  view.setUint32(12, 48_000, true);
  return head;
}

/** @param {Uint8Array | null} head OpusHead @returns {1 | 2} */
export function channelsOf(head) {
  return head !== null && head.length >= 19 && head[9] === 2 ? 2 : 1;
}
