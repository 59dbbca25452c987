// A room's live media on this page: which tracks there are.
import { Observable } from "../../app/observable.js";
import { isOnAir } from "../studio/on-air.js";

/** @import { MediaKind, MediaTrack } from "../../types.d.ts" */
/** @import { MediaLine } from "../../media/line.js" */
/** @import { RoomStore } from "../store.js" */

export class MediaSession extends Observable {
  /** @type {MediaTrack[]} */
  tracks = [];
  /** @type {Set<string>} */
  speaking = new Set();
  /** @type {Set<MediaKind>} */
  myKinds = new Set();
  /** @type {MediaLine | null} */
  #line = null;
  #store;
  #host;
  #wanted = false;

  /** @param {RoomStore} store @param {string} host */
  constructor(store, host) {
    super();
    this.#store = store;
    this.#host = host;
  }

  /** @returns {"none" | "connecting" | "joined"} */
  get line() {
    if (this.#line === null) return "none";
    return this.#line.joined ? "joined" : "connecting";
  }

  start() {
    this.#store.listen(() => this.#follow());
  }

  async #follow() {
    const { room, you } = this.#store;
    if (this.#wanted || !room || !isOnAir(room) || !you.roles.includes("moderator")) return;
    this.#wanted = true;
    const { MediaLine } = await import("../../media/line.js");
    const line = new MediaLine(this.#store.id, this.#host);
    const changed = () => {
      this.tracks = [...line.tracks.values()];
      this.changed();
    };
    line.listen({ joined: changed, track: changed, untrack: changed });
    line.wantVideo(false);
    line.start();
    this.#line = line;
  }

  stop() {
    this.#line?.stop();
  }
}
