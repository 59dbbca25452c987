// What was told in passing last; whoever shows it listens here, so that nothing else is drawn anew.
import { Observable } from "../../app/observable.js";

/** @import { Fields } from "../../types.d.ts" */

export class Heard extends Observable {
  /** @type {Fields} */
  shown = {};

  /** @param {Fields} shown */
  take(shown) {
    this.shown = shown;
    this.changed();
  }
}
