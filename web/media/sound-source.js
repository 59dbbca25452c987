// A microphone's sound in pieces of 20 ms at 48 kHz, each with its time on the page's clock.
import { Resampler } from "./resample.js";
import { SampleClock } from "./sample-clock.js";

const PIECE = 960; // samples

/** @typedef {{time: number, samples: Float32Array<ArrayBuffer>}} Sound time in milliseconds */

export class SoundSource {
  #clock = new SampleClock();
  #rest = new Float32Array(0);
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {AudioWorkletNode | null} */
  #node = null;
  #stopped = false;

  /**
   * @param {MediaStream} stream @param {(sound: Sound) => void} hear
   * @returns {Promise<SoundSource>}
   */
  static async open(stream, hear) {
    const source = new SoundSource();
    await source.#open(stream, hear);
    return source;
  }

  stop() {
    this.#stopped = true;
    this.#node?.port.postMessage(null);
    this.#context?.close().catch(() => {});
    this.#context = null;
  }

  /** @param {MediaStream} stream @param {(sound: Sound) => void} hear */
  async #open(stream, hear) {
    const { context, input } = joined(stream);
    this.#context = context;
    context.resume().catch(() => {}); // Allowed, as the microphone is; never waited for.
    await context.audioWorklet.addModule(new URL("capture-worklet.js", import.meta.url));
    if (this.#stopped) return;
    const node = new AudioWorkletNode(context, "luyan-capture", { outputChannelCount: [1] });
    const resampler = new Resampler(context.sampleRate);
    node.port.onmessage = ({ data }) => {
      if (!this.#stopped) this.#take(resampler.next(data), hear);
    };
    // What leads nowhere is not run by every browser; its output is silence.
    input.connect(node).connect(context.destination);
    this.#node = node;
  }

  /** @param {Float32Array} samples @param {(sound: Sound) => void} hear */
  #take(samples, hear) {
    const all = new Float32Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    let at = 0;
    for (; all.length - at >= PIECE; at += PIECE) {
      const time = this.#clock.next(PIECE, performance.now());
      hear({ time, samples: all.slice(at, at + PIECE) });
    }
    this.#rest = all.slice(at);
  }
}

/** @param {MediaStream} stream */
function joined(stream) {
  const context = new AudioContext({ sampleRate: 48_000, latencyHint: "interactive" });
  try {
    return { context, input: context.createMediaStreamSource(stream) };
  } catch {
    // Some browsers join only a context of the device's own rate.
    context.close().catch(() => {});
    const own = new AudioContext({ latencyHint: "interactive" });
    return { context: own, input: own.createMediaStreamSource(stream) };
  }
}
