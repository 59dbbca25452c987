// Who speaks, by the levels of their sound: calm enough for the eye, and for who is shown large.

const LOUD = 50; // RFC 6464: a voice begins below
const STILL_LOUD = 58; // and goes on below
const HOLD = 300; // milliseconds between words
/** So long somebody speaks before the stage turns to them. */
const LEAD = 1_200; // milliseconds

export class SpeakingMeter {
  /** @type {Set<string>} members who speak now */
  speaking = new Set();
  /** Who spoke last, and long enough to be looked at. @type {string | null} */
  leader = null;
  /** @type {Map<string, {since: number, heard: number}>} */
  #voices = new Map();

  /** @param {string} member @param {number} level RFC 6464, 255 unknown @param {number} now milliseconds */
  hear(member, level, now) {
    const voice = this.#voices.get(member);
    if (level >= (voice ? STILL_LOUD : LOUD)) return;
    this.#voices.set(member, { since: voice?.since ?? now, heard: now });
  }

  /** @param {number} now milliseconds @returns {boolean} whether anything is different */
  look(now) {
    for (const [member, { heard }] of this.#voices) {
      if (now - heard > HOLD) this.#voices.delete(member);
    }
    const leader = this.#next(now);
    const same = leader === this.leader && this.#voices.size === this.speaking.size &&
      [...this.#voices.keys()].every((member) => this.speaking.has(member));
    if (same) return false;
    this.leader = leader;
    this.speaking = new Set(this.#voices.keys());
    return true;
  }

  /** @param {number} now */
  #next(now) {
    if (this.leader !== null && this.#voices.has(this.leader)) return this.leader;
    const [first] = [...this.#voices].filter(([, { since }]) => now - since >= LEAD)
      .sort(([, one], [, other]) => one.since - other.since);
    return first?.[0] ?? this.leader;
  }
}
