// Runs in the audio thread: plays one track's sound out of its jitter buffer.
import { JitterBuffer } from "./jitter.js";

const REPORT = 20; // quanta of 128 samples between reports: 53 ms

/** @typedef {{time: number | null, held: number, target: number, underruns: number}} SoundReport */

class Playback extends AudioWorkletProcessor {
  #buffer = new JitterBuffer();
  #quanta = 0;
  #stopped = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if (data === null) this.#stopped = true;
      else this.#buffer.push(data.time, data.samples);
    };
  }

  /** @param {Float32Array[][]} _inputs @param {Float32Array[][]} outputs */
  process(_inputs, outputs) {
    if (++this.#quanta % REPORT === 0) {
      const { time, held, target, underruns } = this.#buffer;
      this.port.postMessage({ time, held, target, underruns });
    }
    this.#buffer.pull(outputs[0][0]);
    return !this.#stopped;
  }
}

registerProcessor("luyan-playback", Playback);
