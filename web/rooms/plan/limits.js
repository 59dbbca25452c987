// What the server takes of an agenda: its own limits, and shorter ones where a line must stay one.

export const LIMITS = {
  slots: 60,
  title: 200,
  presenters: 200,
  organisation: 200,
  field: 200,
  abstract: 5_000,
  minutes: 120,
  /** Of all slots but their titles. */
  agenda: 100_000,
};

/** In Unicode scalars, as the server counts. @param {string} text */
export const lengthOf = (text) => [...text].length;

/** Whether it has control characters, or such as show a text in another order than it was written. */
/** @param {string} text */
export const unfit = (text) =>
  // deno-lint-ignore no-control-regex
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(text);
