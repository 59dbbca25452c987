// Runs in the audio thread: hands a microphone's sound to the page in pieces.

const PIECE = 0.02; // seconds

class Capture extends AudioWorkletProcessor {
  #piece = new Float32Array(Math.round(sampleRate * PIECE));
  #filled = 0;
  #stopped = false;

  constructor() {
    super();
    this.port.onmessage = () => this.#stopped = true;
  }

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    const channels = inputs[0];
    if (channels.length > 0) this.#take(channels);
    return !this.#stopped;
  }

  /** @param {Float32Array[]} channels */
  #take(channels) {
    for (let i = 0; i < channels[0].length; i++) {
      let sum = 0;
      for (const channel of channels) sum += channel[i];
      this.#piece[this.#filled++] = sum / channels.length;
      if (this.#filled < this.#piece.length) continue;
      this.port.postMessage(this.#piece, [this.#piece.buffer]);
      this.#piece = new Float32Array(Math.round(sampleRate * PIECE));
      this.#filled = 0;
    }
  }
}

registerProcessor("luyan-capture", Capture);
