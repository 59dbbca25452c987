// What this page plays of a room, and how its reader likes it; players load with the first track.
import { choosePlayers } from "../../media/choose.js";
import { readPreferences, writePreferences } from "./preferences.js";

/**
 * @import { MediaTrack } from "../../types.d.ts"
 * @import { MediaLine } from "../../media/line.js"
 * @import { Viewer } from "../../media/viewer.js"
 * @import { Preferences } from "./preferences.js"
 * @typedef {HTMLCanvasElement | HTMLVideoElement} PictureElement
 */

/** How loud the original is beneath an interpretation. */
const DUCKED = 0.15;

export class Listening {
  preferences = readPreferences();
  /** @type {Viewer | null} */
  #viewer = null;
  /** @type {MediaLine | null} */
  #line = null;
  #loading = false;
  /** Whether pictures are wanted of the server, and what it was told when the line opened. */
  #video = false;
  #joinedWith = false;
  /** @type {MediaTrack[]} */
  #tracks = [];
  /** @type {Map<number, PictureElement>} */
  #elements = new Map();
  #own;
  #changed;

  /** @param {(track: MediaTrack) => boolean} own @param {() => void} changed */
  constructor(own, changed) {
    this.#own = own;
    this.#changed = changed;
  }

  /** Another line, or none: its players go. @param {MediaLine | null} line */
  use(line) {
    this.#viewer?.stop();
    this.#viewer = null;
    this.#line = line;
    this.#tracks = [];
    this.#video = false;
    // Without players pictures would come for nothing.
    line?.wantVideo(false);
  }

  opened() {
    this.#joinedWith = this.#video;
  }

  joined() {
    if (this.#joinedWith !== this.#video) this.#ask();
  }

  /** @returns {import("../../media/speaker.js").SoundState} */
  get soundState() {
    return this.#viewer?.soundState ?? "none";
  }

  /** What a picture is shown in. @returns {"canvas" | "video"} */
  get element() {
    return choosePlayers().picture === "webcodecs" ? "canvas" : "video";
  }

  /** To be called in the handler of a tap or key. */
  unlock() {
    this.#viewer?.unlock();
  }

  /** @param {number} track @param {PictureElement} element */
  attach(track, element) {
    this.#elements.set(track, element);
    this.#viewer?.attach(track, element);
  }

  /** @param {number} track @param {PictureElement} element */
  detach(track, element) {
    if (this.#elements.get(track) !== element) return; // Another one shows it by now.
    this.#elements.delete(track);
    this.#viewer?.detach(track);
  }

  /** @param {MediaTrack[]} tracks */
  tracksChanged(tracks) {
    this.#tracks = tracks;
    if (!this.#viewer && tracks.some((track) => !this.#own(track))) this.#load();
    this.#balance();
  }

  /** @param {Partial<Preferences>} change */
  prefer(change) {
    this.preferences = { ...this.preferences, ...change };
    writePreferences(this.preferences);
    this.#apply();
    this.#changed();
  }

  /** Languages that are interpreted now. @returns {string[]} */
  get languages() {
    const found = this.#tracks.filter((track) =>
      track.kind === "interpretation" && !this.#own(track)
    ).map(({ language }) => language ?? "");
    return [...new Set(found)].sort();
  }

  async #load() {
    const line = this.#line;
    if (this.#loading) return;
    this.#loading = true;
    try {
      const { Viewer } = await import("../../media/viewer.js");
      if (line === null || line !== this.#line) return;
      const viewer = new Viewer(line, this.#own);
      this.#viewer = viewer;
      viewer.listen(this.#changed);
      for (const [track, element] of this.#elements) viewer.attach(track, element);
      this.#apply();
      this.#changed();
    } catch (error) {
      // The file did not come; the next track asks for it again.
      if (!(error instanceof TypeError)) throw error;
    } finally {
      this.#loading = false;
    }
  }

  #apply() {
    const viewer = this.#viewer;
    if (!viewer) return;
    viewer.setVolume(this.preferences.volume, this.preferences.muted);
    this.#balance();
    const wanted = viewer.picture !== "none" && !this.preferences.soundOnly;
    if (wanted === this.#video) return;
    this.#video = wanted;
    this.#ask();
  }

  #ask() {
    // A line that is lost joins with it anyway.
    this.#line?.wantVideo(this.#video).catch(() => {});
  }

  /** An interpretation stands above the original, which stays in the background. */
  #balance() {
    const viewer = this.#viewer;
    if (!viewer) return;
    const wanted = this.preferences.interpretation;
    const interpreted = wanted !== "" && this.languages.includes(wanted);
    for (const { track, kind, language } of this.#tracks) {
      if (kind === "voice") viewer.setTrackVolume(track, interpreted ? DUCKED : 1);
      if (kind === "interpretation") viewer.setTrackVolume(track, language === wanted ? 1 : 0);
    }
  }
}
