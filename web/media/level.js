// How loud sound is, as RFC 6464 says it: 0 the loudest, 127 silence, in decibels below full scale.

export const SILENCE = 127;

/** @param {Float32Array} samples -1...1 @returns {number} 0...127 */
export function levelOf(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  if (sum === 0) return SILENCE;
  // A full square wave is 0 dBov (RFC 6465 §2.1), a full sine 3.
  const decibels = -10 * Math.log10(sum / samples.length);
  return Math.min(SILENCE, Math.max(0, Math.round(decibels)));
}
