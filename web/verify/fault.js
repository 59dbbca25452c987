// What is wrong with a record: a word for it, and what it is about.

/** @typedef {{code: string, name?: string, event?: number}} Fault */

export class Broken extends Error {
  /** @param {string} code @param {{name?: string, event?: number}} [about] */
  constructor(code, about = {}) {
    super(code);
    /** @type {Fault} */
    this.fault = { code, ...about };
  }
}

/** It cannot be told. */
export class Unusable extends Broken {}
