// What a VP8 frame says of itself (RFC 6386 §9.1).

/** @param {Uint8Array} frame */
export function isKeyFrame(frame) {
  // The lowest bit is clear in a key frame; then three bytes of tag and a start code.
  return frame.length >= 10 && (frame[0] & 1) === 0 && frame[3] === 0x9d && frame[4] === 0x01 &&
    frame[5] === 0x2a;
}

/** @param {Uint8Array} frame a key frame @returns {{width: number, height: number}} pixels */
export function sizeOf(frame) {
  return {
    width: (frame[6] | frame[7] << 8) & 0x3fff,
    height: (frame[8] | frame[9] << 8) & 0x3fff,
  };
}
