// Begins a replay: reads the log, shows the moment that was asked for as soon as it is read.
import { readMoment } from "./links.js";
import { readLog } from "./log.js";

/** @import { Player } from "./player.js" */
/** @import { Preparation } from "./recordings.js" */
/** @import { Source } from "./source.js" */
/** @import { ReplayStore } from "./store.js" */

/**
 * @param {object} given
 * @param {ReplayStore} given.store
 * @param {Player} given.player
 * @param {Source} given.source
 * @param {() => boolean} given.stopped
 * @param {(ready: boolean) => void} given.progress `ready` once there is something to show
 * @param {(is: Preparation) => void} given.told how recordings are
 */
export async function startReplay({ store, player, source, stopped, progress, told }) {
  const asked = readMoment(location.hash);
  let placed = false;
  /** Goes to the moment of the address once that is read. */
  const place = () => {
    const { begin, end } = store.timeline;
    const at = begin + (asked ?? 0) * 1_000;
    if (!placed && store.hasBegun && (store.whole || at <= end)) {
      store.seek(at);
      placed = true;
    }
    progress(placed || store.whole);
  };
  const lines = await source.lines();
  await readLog(lines, (one) => store.take(one), () => {
    store.settle();
    place();
  }, stopped);
  if (stopped()) return;
  store.whole = true;
  store.settle();
  place();
  if (!store.hasBegun || store.isOutside) return;
  await source.recordings(store, (tracks, is) => {
    if (stopped()) return;
    player.use(tracks);
    told(is);
  }, stopped);
}
