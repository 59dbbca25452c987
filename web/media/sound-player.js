// Plays a track of sound: Opus decoded by the browser, or by WebAssembly, out of the speaker.
import { bytesOf } from "./base64.js";
import { distance, LEVEL_UNKNOWN } from "./frame.js";
import { channelsOf } from "./opus-packet.js";
import { Resampler } from "./resample.js";
import { openWasmOpus } from "./wasm-opus.js";

/**
 * @import { MediaFrame, MediaTrack, PlayerStats } from "../types.d.ts"
 * @import { LipSync } from "./lip-sync.js"
 * @import { SoundReport } from "./playback-worklet.js"
 * @import { Outlet, Speaker } from "./speaker.js"
 * @typedef {{decode(frame: MediaFrame): void, close(): void}} Decoder
 */

const MOST_QUEUED = 50; // packets that wait in a decoder: a second

export class SoundPlayer {
  /** The newest level of the track (RFC 6464), 255 before the first. */
  level = LEVEL_UNKNOWN;
  /** @type {SoundReport | null} */
  report = null;
  shown = 0;
  dropped = 0;
  #stopped = false;
  #volume = 1;
  /** @type {Outlet | null} */
  outlet = null;
  /** @type {Decoder | null} */
  #decoder = null;
  /** @type {number | null} the newest frame's sequence number */
  #last = null;
  #sync;
  #speaker;
  #now;

  /**
   * @param {MediaTrack} track @param {Speaker} speaker @param {LipSync} sync of its publisher
   * @param {"webcodecs" | "wasm"} how @param {() => number | null} now the server's time, ms
   */
  constructor(track, speaker, sync, how, now) {
    this.#sync = sync;
    this.#speaker = speaker;
    this.#now = now;
    this.#open(channelsOf(track.description ? bytesOf(track.description) : null), how)
      .catch(() => this.stop()); // Without a decoder the page has pictures and text.
  }

  /** 0...1; sound at 0 is not decoded. */
  get volume() {
    return this.#volume;
  }

  set volume(volume) {
    this.#volume = volume;
    if (this.outlet) this.outlet.volume = volume;
  }

  /** @param {MediaFrame} frame */
  push(frame) {
    if (this.#last !== null && distance(this.#last, frame.sequence) <= 0) return;
    this.#last = frame.sequence;
    this.level = frame.level;
    if (this.#decoder && this.#volume > 0 && this.#speaker.state === "playing") {
      this.#decoder.decode(frame);
    } else this.dropped += 1;
  }

  /** @returns {PlayerStats} */
  get stats() {
    const { time } = this.report ?? {};
    const now = this.#now();
    const latency = now !== null && time ? now - time / 1_000 : null;
    return { shown: this.shown, dropped: this.dropped, latency, width: 0, height: 0 };
  }

  stop() {
    this.#stopped = true;
    this.#decoder?.close();
    this.#decoder = null;
    this.outlet?.stop();
    this.outlet = null;
  }

  /** @param {1 | 2} channels @param {"webcodecs" | "wasm"} how */
  async #open(channels, how) {
    const outlet = await this.#speaker.open((report) => {
      this.report = report;
      if (report.time === null) return;
      this.#sync.heard(report.time - this.#speaker.latency * 1_000, performance.now());
    });
    outlet.volume = this.#volume;
    const play = (/** @type {number} */ time, /** @type {Float32Array} */ samples) => {
      this.shown += 1;
      outlet.push(time, samples);
    };
    const decoder = how === "webcodecs"
      ? browserDecoder(channels, play)
      : await wasmDecoder(channels, play);
    if (this.#stopped) {
      decoder.close();
      outlet.stop();
      return;
    }
    this.outlet = outlet;
    this.#decoder = decoder;
  }
}

/**
 * @param {number} channels @param {(time: number, samples: Float32Array) => void} play
 * @returns {Decoder}
 */
function browserDecoder(channels, play) {
  /** @type {AudioDecoder | null} */
  let decoder = null;
  /** @type {Resampler | null} */
  let resampler = null;
  /** Of the packets in the decoder. Its own times count samples, and know of no pause or loss. */
  /** @type {number[]} */
  let times = [];
  const output = (/** @type {AudioData} */ sound) => {
    resampler ??= new Resampler(sound.sampleRate);
    const samples = monoOf(sound);
    sound.close();
    const time = times.shift();
    if (time !== undefined) play(time, resampler.next(samples));
  };
  const open = () => {
    times = [];
    const made = new AudioDecoder({ output, error: () => decoder = null }); // Opened anew.
    made.configure({ codec: "opus", sampleRate: 48_000, numberOfChannels: channels });
    return made;
  };
  return {
    decode(frame) {
      const { time, payload } = frame;
      if (times.length > MOST_QUEUED) {
        // It swallowed packets, or is hopelessly late.
        decoder?.close();
        decoder = null;
      }
      decoder ??= open();
      times.push(time);
      decoder.decode(new EncodedAudioChunk({ type: "key", timestamp: time, data: payload }));
    },
    close() {
      if (decoder?.state === "configured") decoder.close();
    },
  };
}

/**
 * @param {1 | 2} channels @param {(time: number, samples: Float32Array) => void} play
 * @returns {Promise<Decoder>}
 */
async function wasmDecoder(channels, play) {
  const opus = await openWasmOpus(channels);
  return {
    decode(frame) {
      const samples = opus.decode(frame.payload);
      if (samples) play(frame.time, samples);
    },
    close() {},
  };
}

/** @param {AudioData} sound @returns {Float32Array} its channels mixed */
function monoOf(sound) {
  const { numberOfChannels, numberOfFrames } = sound;
  const mixed = new Float32Array(numberOfFrames);
  const plane = new Float32Array(numberOfFrames);
  for (let planeIndex = 0; planeIndex < numberOfChannels; planeIndex++) {
    sound.copyTo(plane, { planeIndex, format: "f32-planar" });
    for (let i = 0; i < plane.length; i++) mixed[i] += plane[i] / numberOfChannels;
  }
  return mixed;
}
