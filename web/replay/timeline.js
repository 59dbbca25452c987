// The time of a replay: where it begins and ends, and which silences are passed over. The bar is as
// long as what is played, so that a follow-up of days does not press the hall's hour into its edge.

/** @typedef {{from: number, to: number}} Span milliseconds of the log's clock */

/** A silence of this length and more may be passed over. */
const SILENCE = 20_000; // milliseconds
/** So much of it is played before, and so much before what follows. */
const AFTER = 3_000;
const BEFORE = 1_000;

export class Timeline {
  /**
   * @param {Span} whole @param {Span[]} gaps in order, apart, within the whole
   */
  constructor(whole, gaps) {
    this.begin = whole.from;
    this.end = Math.max(whole.from, whole.to);
    this.gaps = gaps;
    this.played = this.end - this.begin - gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  /** Where a moment stands on the bar; within a gap, where the gap is. @param {number} at */
  place(at) {
    let place = Math.min(Math.max(at, this.begin), this.end) - this.begin;
    for (const { from, to } of this.gaps) {
      if (at <= from) break;
      place -= Math.min(at, to) - from;
    }
    return place;
  }

  /** The moment at a place on the bar; at a gap, what comes after it. @param {number} place */
  moment(place) {
    let at = this.begin + Math.min(Math.max(place, 0), this.played);
    for (const { from, to } of this.gaps) {
      if (at < from) break;
      at += to - from;
    }
    return Math.min(at, this.end);
  }

  /** The gap that a moment lies in. @param {number} at @returns {Span | null} */
  gapAt(at) {
    return this.gaps.find(({ from, to }) => at >= from && at < to) ?? null;
  }
}

/**
 * What has neither an event nor a recording for so long that it may be passed over.
 * @param {number[]} times of what happened, in order
 * @param {Span[]} recordings that are played along @param {Span} whole
 * @returns {Span[]}
 */
export function silences(times, recordings, { from, to }) {
  const covers = recordings.toSorted((one, other) => one.from - other.from);
  /** @type {Span[]} */
  const gaps = [];
  let last = from;
  let next = 0;
  /** @param {number} at */
  const reach = (at) => {
    // What is recorded lies in no silence.
    while (next < covers.length && covers[next].from <= at) {
      if (covers[next].to > last) {
        silence(gaps, last, Math.max(last, covers[next].from));
        last = Math.max(last, covers[next].to);
      }
      next += 1;
    }
    silence(gaps, last, at);
    last = Math.max(last, at);
  };
  for (const at of times) if (at > from && at < to) reach(at);
  reach(to);
  return gaps;
}

/** @param {Span[]} gaps @param {number} from @param {number} to */
function silence(gaps, from, to) {
  if (to - from > SILENCE) gaps.push({ from: from + AFTER, to: to - BEFORE });
}
