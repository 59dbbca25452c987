// What of reactions was told last; whoever shows them listens here, so that nothing else is drawn anew.
import { Observable } from "../../app/observable.js";

/** @import { Fields } from "../../types.d.ts" */

export class ReactionsHeard extends Observable {
  /** How many members showed which. @type {Fields} */
  shown = {};

  /** @param {Fields} shown */
  take(shown) {
    this.shown = shown;
    this.changed();
  }
}
