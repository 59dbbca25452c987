// The keys of a player, as people know them: space or K, J and L, arrows, < and >.
import { useEffect } from "../vendor/preact.js";

/** @import { Player } from "./player.js" */

/** @type {Record<string, (player: Player) => void>} */
const KEYS = {
  " ": (player) => player.toggle(),
  k: (player) => player.toggle(),
  j: (player) => player.move(-10_000),
  l: (player) => player.move(10_000),
  ArrowLeft: (player) => player.move(-5_000),
  ArrowRight: (player) => player.move(5_000),
  "<": (player) => player.stepRate(-1),
  ">": (player) => player.stepRate(1),
};

/** @param {Player} player */
export function useKeys(player) {
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      const { key } = event;
      const act = KEYS[key.length === 1 ? key.toLowerCase() : key];
      if (!act || event.defaultPrevented || isForOthers(event)) return;
      event.preventDefault();
      act(player);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [player]);
}

/** Keys that a field, a button or a dialog needs for itself. @param {KeyboardEvent} event */
function isForOthers(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = /** @type {Element} */ (event.target);
  if (target.closest("dialog, textarea, select, input:not([type=range], [type=checkbox])")) {
    return true;
  }
  return event.key === " " && target.closest("button, a, summary, input") !== null &&
    !target.matches("[type=range]");
}
