// Where all sound of a page comes out: one AudioContext, an outlet for each track, mixed.
import { setAudioSession } from "./audio-session.js";
import { JitterBuffer } from "./jitter.js";

/**
 * @import { SoundReport } from "./playback-worklet.js"
 * @typedef {"playing" | "tap" | "none"} SoundState tap: the browser asks for one before it plays
 * @typedef {{push(time: number, samples: Float32Array): void, volume: number, stop(): void,
 *   node: GainNode}} Outlet
 */

const RATE = 48_000;
const BLOCK = 1_024; // samples, where there is no worklet

export class Speaker {
  /** @type {AudioContext | null} */
  context = null;
  /** @type {GainNode | null} */
  #out = null;
  /** @type {Promise<boolean> | null} whether there is a worklet */
  #worklet = null;
  #volume = 1;
  #muted = false;
  #changed;

  /** @param {() => void} changed its state */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @returns {SoundState} */
  get state() {
    if (this.context === null) return "none";
    return this.context.state === "running" ? "playing" : "tap";
  }

  /** From the mixed sound to the ear; milliseconds. Some browsers do not know it. */
  get latency() {
    return (this.context?.outputLatency || this.context?.baseLatency || 0) * 1_000;
  }

  /** To be called in the handler of a tap or key. */
  unlock() {
    this.context?.resume().catch(() => {}); // The state says whether it worked.
  }

  /** @param {number} volume 0...1 @param {boolean} muted */
  set(volume, muted) {
    this.#volume = volume;
    this.#muted = muted;
    if (this.#out) this.#out.gain.value = muted ? 0 : volume;
  }

  /**
   * @param {(report: SoundReport) => void} report what is heard, some 20 times a second
   * @returns {Promise<Outlet>}
   */
  async open(report) {
    const { context, out } = this.#opened();
    const gain = context.createGain();
    gain.connect(out);
    const source = await this.#hasWorklet(context)
      ? workletSource(context, report)
      : scriptSource(context, report);
    source.node.connect(gain);
    return {
      node: gain,
      // A sleeping context takes nothing: what piled up would be played late.
      push: (time, samples) => context.state === "running" && source.push(time, samples),
      get volume() {
        return gain.gain.value;
      },
      set volume(volume) {
        gain.gain.value = volume;
      },
      stop() {
        source.stop();
        source.node.disconnect();
        gain.disconnect();
      },
    };
  }

  close() {
    this.context?.close().catch(() => {});
    this.context = this.#out = this.#worklet = null;
  }

  /** Neither waits for the right to play, nor for the device. */
  #opened() {
    if (this.context && this.#out) return { context: this.context, out: this.#out };
    setAudioSession("playback");
    const context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
    const out = context.createGain();
    out.connect(context.destination);
    context.onstatechange = () => this.#changed();
    this.context = context;
    this.#out = out;
    this.set(this.#volume, this.#muted);
    this.unlock();
    this.#changed();
    return { context, out };
  }

  /** @param {AudioContext} context */
  #hasWorklet(context) {
    this.#worklet ??= (async () => {
      if (!context.audioWorklet) return false; // Not on plain HTTP.
      try {
        await context.audioWorklet.addModule(new URL("playback-worklet.js", import.meta.url));
        return true;
      } catch {
        return false; // The other way out is worse, but sounds.
      }
    })();
    return this.#worklet;
  }
}

/** @param {AudioContext} context @param {(report: SoundReport) => void} report */
function workletSource(context, report) {
  const node = new AudioWorkletNode(context, "luyan-playback", {
    numberOfInputs: 0,
    outputChannelCount: [1],
  });
  node.port.onmessage = ({ data }) => report(data);
  return {
    node,
    /** @param {number} time @param {Float32Array} samples */
    push: (time, samples) => node.port.postMessage({ time, samples }, [samples.buffer]),
    stop: () => node.port.postMessage(null),
  };
}

/** @param {AudioContext} context @param {(report: SoundReport) => void} report */
function scriptSource(context, report) {
  const buffer = new JitterBuffer();
  // Some browsers never ask a processor that has no input.
  const node = context.createScriptProcessor(BLOCK, 1, 1);
  node.onaudioprocess = ({ outputBuffer }) => {
    const { time, held, target, underruns } = buffer;
    report({ time, held, target, underruns });
    buffer.pull(outputBuffer.getChannelData(0));
  };
  return {
    node,
    /** @param {number} time @param {Float32Array} samples */
    push: (time, samples) => buffer.push(time, samples),
    stop: () => node.onaudioprocess = null,
  };
}
