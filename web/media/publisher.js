// What this page publishes in a room: a voice, a camera, a screen, an interpretation.
import { capture, matterOf } from "./capture.js";
import { release } from "./devices.js";
import { endWith, Publication } from "./publication.js";
import { MediaRefused, refusalOf } from "./refusal.js";
import { choosePictureEncoder, chooseSoundEncoder } from "./trial.js";

/**
 * @import { MediaKind, MediaTrack, PublishOptions } from "../types.d.ts"
 * @import { MediaLine } from "./line.js"
 */

export class Publisher {
  /** @type {Map<MediaKind, Publication>} */
  publications = new Map();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #line;
  #end;

  /** @param {MediaLine} line */
  constructor(line) {
    this.#line = line;
    this.#end = line.listen({
      joined: () => this.#again(),
      line: ({ is }) => is !== "open" && this.#interrupt(),
      track: (track) => this.#of(track.track)?.told(track),
      keyWanted: (track) => this.#of(track)?.wantKey(),
      barred: (tracks, why) => tracks.forEach((track) => this.#of(track)?.end(why)),
      tooFast: () => this.#all((one) => one.end("media.too_fast")),
    });
  }

  /** @param {() => void} listener of publications that came, changed or ended */
  listen(listener) {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /**
   * Asks for the device and publishes it; to be called in the handler of a tap or key.
   * One of each kind: what was published as that kind before ends.
   * @param {MediaKind} kind @param {PublishOptions} [options]
   * @returns {Promise<Publication>} @throws {MediaRefused} with a code that says why not
   */
  async publish(kind, options = {}) {
    // First of all: a screen is only given while the tap is fresh.
    const captured = options.stream ? Promise.resolve(options.stream) : capture(kind, options);
    const encoder = matterOf(kind) === "sound"
      ? chooseSoundEncoder()
      : choosePictureEncoder(codecsFor(kind, options));
    const stream = await captured;
    const choice = await encoder;
    if (!choice) {
      release(stream);
      throw new MediaRefused("media.no_encoder");
    }
    this.unpublish(kind);
    const changed = () => this.#changed(publication);
    const publication = new Publication(this.#line, kind, stream, choice, options, changed);
    publication.muted = options.muted ?? false;
    this.publications.set(kind, publication);
    try {
      await publication.start();
    } catch (error) {
      const refusal = refusalOf(error);
      publication.end(refusal.code);
      throw refusal;
    }
    this.#changed(publication);
    return publication;
  }

  /** @param {MediaKind} kind */
  unpublish(kind) {
    this.publications.get(kind)?.end("media.unpublished");
  }

  /** The track stays, its frames stop. @param {MediaKind} kind @param {boolean} muted */
  mute(kind, muted) {
    this.publications.get(kind)?.mute(muted);
  }

  /** @param {MediaKind} kind @param {string} device @throws {MediaRefused} and all stays as it was */
  async useDevice(kind, device) {
    const publication = this.publications.get(kind);
    if (!publication) return;
    const stream = await capture(kind, { device });
    try {
      await publication.replace(stream);
    } catch (error) {
      endWith(publication, error);
    }
  }

  /** Whether a track is one of this page's, which it need not play. @param {MediaTrack} track */
  owns({ track }) {
    return this.#of(track) !== undefined;
  }

  stop() {
    this.#end();
    this.#all((one) => one.end("media.unpublished"));
  }

  /** @param {number} track */
  #of(track) {
    return [...this.publications.values()].find((one) => one.track === track);
  }

  #again() {
    this.#all((one) => {
      one.announce().catch((error) => endWith(one, error));
    });
  }

  #interrupt() {
    this.#all((one) => one.interrupt());
  }

  /** @param {(publication: Publication) => void} act */
  #all(act) {
    for (const publication of [...this.publications.values()]) act(publication);
  }

  /** What ended stays until the page has told why. @param {Publication} publication */
  #changed(publication) {
    const { kind, state } = publication;
    if (state.is === "ended" && state.why === "media.unpublished") {
      if (this.publications.get(kind) === publication) this.publications.delete(kind);
    }
    for (const listener of this.#listeners) listener();
  }
}

/** H.264 of the level 3.0 that the wire knows holds no more than a small camera's picture. */
/** @param {MediaKind} kind @param {PublishOptions} options */
function codecsFor(kind, { codecs, width = 640 }) {
  return kind === "camera" && width <= 640 ? codecs : undefined;
}
