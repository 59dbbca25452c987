// One thing that this page publishes: what it captures, encodes and numbers, until it ends.
import { base64Of } from "./base64.js";
import { FRAME_RATE, matterOf, mostOf, SCREEN_RATE } from "./capture.js";
import { release } from "./devices.js";
import { encodeFrame } from "./frame.js";
import { opusHead } from "./opus-packet.js";
import { encodePictures } from "./picture-encoder.js";
import { recordFrames } from "./recorder-source.js";
import { MediaRefused } from "./refusal.js";
import { encodeSound } from "./sound-encoder.js";
import { recordsSound } from "./trial.js";

/**
 * @import { Fields, MediaFrame, MediaKind, MediaTrack, PublishOptions } from "../types.d.ts"
 * @import { MediaLine } from "./line.js"
 * @import { Choice, PictureCodec } from "./trial.js"
 * @typedef {Omit<MediaFrame, "track" | "sequence" | "leftOut">} EncodedFrame
 * @typedef {{wantKey(): void, mute(muted: boolean): void, readonly bitrate: number,
 *   readonly paused: boolean, stop(): void}} Source
 * @typedef {{kind: MediaKind, codec: PictureCodec, width: number, height: number, rate: number,
 *   behind(): number, changed(): void, resized(width: number, height: number): void}} PictureWish
 * @typedef {{is: "waiting"} | {is: "live", track: number}
 *   | {is: "ended", why: string}} PublicationState
 *   waiting: for the line; `why` is a code: media.device_lost, media.too_fast, media.failed …
 */

export class Publication {
  /** @type {PublicationState} */
  state = { is: "waiting" };
  muted = false;
  /** Staff muted it: the server relays nothing of it, so nothing is sent. */
  byStaff = false;
  /** Frames that went out, and that the line did not take. */
  sent = 0;
  dropped = 0;
  /** The newest level of one's own sound (RFC 6464). */
  level = 127;
  /** @type {Source | null} */
  #source = null;
  #sequence = 0;
  #needsKey = true;
  #announcing = false;
  #size = { width: 0, height: 0 };
  #line;
  #changed;
  #options;
  #choice;

  /**
   * @param {MediaLine} line @param {MediaKind} kind @param {MediaStream} stream
   * @param {NonNullable<Choice>} choice @param {PublishOptions} options @param {() => void} changed
   */
  constructor(line, kind, stream, choice, options, changed) {
    this.kind = kind;
    /** For one's own view. */
    this.stream = stream;
    this.#line = line;
    this.#choice = choice;
    this.#options = options;
    this.#changed = changed;
    for (const track of stream.getTracks()) {
      track.addEventListener("ended", () => this.end("media.device_lost"));
    }
  }

  /** Encodes from now on, and publishes as soon as the line is there. */
  async start() {
    const settings = this.stream.getVideoTracks()[0]?.getSettings() ?? {};
    this.#size = { width: settings.width ?? 0, height: settings.height ?? 0 };
    const source = await this.#open();
    if (this.state.is === "ended") return source.stop();
    this.#source = source;
    source.mute(this.muted);
    await this.announce();
  }

  /** Publishes, also anew after a reconnect. @throws {MediaRefused} the server's refusal */
  async announce() {
    if (!this.#line.joined || this.#announcing || this.state.is !== "waiting") return;
    this.#announcing = true;
    try {
      const { track } = await this.#line.command("media.publish", this.#announcement());
      this.#published(track);
    } catch (error) {
      // A line that is lost joins once more, and this is called again.
      if (!(error instanceof MediaRefused) || error.code !== "media.line_lost") throw error;
    } finally {
      this.#announcing = false;
    }
  }

  #announcement() {
    const { language, rehearses } = this.#options;
    const shape = matterOf(this.kind) === "sound"
      ? { description: base64Of(opusHead(1)) }
      : this.#size;
    return { kind: this.kind, codec: this.#choice.codec, ...shape, language, rehearses };
  }

  /** @param {number} track */
  #published(track) {
    if (this.#isOver) return void this.#line.command("media.unpublish", { track }).catch(() => {});
    this.#sequence = 0;
    this.#needsKey = true;
    this.state = { is: "live", track };
    this.#source?.wantKey();
    if (this.muted) this.#set({ muted: true });
    this.#changed();
  }

  /** The line is lost: what is encoded goes nowhere until the next `announce`. */
  interrupt() {
    if (this.state.is === "live") this.state = { is: "waiting" };
  }

  get track() {
    return this.state.is === "live" ? this.state.track : null;
  }

  /** Bits a second that are wished of the encoder now. */
  get bitrate() {
    return this.#source?.bitrate ?? 0;
  }

  /** Pictures rest, as the line is too slow; sound goes on. */
  get paused() {
    return this.#source?.paused ?? false;
  }

  wantKey() {
    this.#source?.wantKey();
  }

  /** What the server says of it now. @param {MediaTrack} track */
  told({ byStaff }) {
    if (this.byStaff === byStaff) return;
    this.byStaff = byStaff;
    this.wantKey();
    this.#changed();
  }

  /** @param {boolean} muted */
  mute(muted) {
    if (this.muted === muted) return;
    this.muted = muted;
    for (const track of this.stream.getTracks()) track.enabled = !muted;
    this.#source?.mute(muted);
    this.#needsKey = true;
    this.#set({ muted });
    this.#changed();
  }

  /** Another device goes on in the same track. @param {MediaStream} stream */
  async replace(stream) {
    this.#source?.stop();
    this.#source = null;
    release(this.stream);
    this.stream = stream;
    for (const track of stream.getTracks()) {
      track.enabled = !this.muted;
      track.addEventListener("ended", () => {
        if (this.stream === stream) this.end("media.device_lost");
      });
    }
    this.#needsKey = true;
    const source = await this.#open();
    if (this.#isOver || this.stream !== stream) return source.stop();
    this.#source = source;
    source.mute(this.muted);
    this.#changed();
  }

  /** @param {string} why a code */
  end(why) {
    if (this.state.is === "ended") return;
    const { track } = this;
    this.state = { is: "ended", why };
    this.#source?.stop();
    this.#source = null;
    release(this.stream);
    if (track !== null) this.#line.command("media.unpublish", { track }).catch(() => {});
    this.#changed();
  }

  get #isOver() {
    return this.state.is === "ended";
  }

  /** @returns {Promise<Source>} */
  async #open() {
    const give = (/** @type {EncodedFrame} */ frame) => this.#give(frame);
    const fail = () => this.end("media.failed");
    const sound = matterOf(this.kind) === "sound";
    if (this.#choice.how === "recorder") {
      return recordFrames(this.stream, sound ? null : this.#wish(), give, fail);
    }
    if (sound) {
      try {
        return await encodeSound(this.stream, give, fail);
      } catch (error) {
        if (!recordsSound()) throw error;
        return recordFrames(this.stream, null, give, fail); // It needs no AudioContext.
      }
    }
    return encodePictures(this.stream, this.#wish(), give, fail);
  }

  /** @returns {PictureWish} */
  #wish() {
    return {
      kind: this.kind,
      codec: /** @type {PictureCodec} */ (this.#choice.codec),
      ...mostOf(this.kind, this.#options),
      rate: this.kind === "screen" ? SCREEN_RATE : FRAME_RATE,
      behind: () => this.#line.behind,
      changed: () => this.#changed(),
      resized: (width, height) => this.#resized({ width, height }),
    };
  }

  /** @param {{width: number, height: number}} size */
  #resized(size) {
    if (size.width === this.#size.width && size.height === this.#size.height) return;
    this.#size = size;
    this.#set(size);
  }

  /** @param {Fields} change */
  #set(change) {
    if (this.track === null) return;
    // A lost line publishes all of it anew.
    this.#line.command("media.set", { track: this.track, ...change }).catch(() => {});
  }

  /** @param {EncodedFrame} frame */
  #give(frame) {
    if (matterOf(this.kind) === "sound") this.level = frame.level;
    if (this.track === null || this.muted || this.byStaff) {
      this.#needsKey = true;
      return;
    }
    if (this.#needsKey && !frame.key) return void (this.dropped += 1);
    const sequence = this.#sequence;
    const { track } = this;
    const whole = encodeFrame({ ...frame, track, sequence, leftOut: false });
    if (!this.#line.send(whole)) {
      // Its successors build on it.
      this.#needsKey = true;
      this.#source?.wantKey();
      this.dropped += 1;
      return;
    }
    this.#sequence = (sequence + 1) >>> 0;
    this.#needsKey = false;
    this.sent += 1;
  }
}

/** @param {Publication} publication @param {unknown} error */
export function endWith(publication, error) {
  publication.end(error instanceof MediaRefused ? error.code : "media.failed");
}
