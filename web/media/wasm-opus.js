// The Opus decoder of web/vendor for browsers that have none (CSP: 'wasm-unsafe-eval').

/**
 * @typedef {{memory: WebAssembly.Memory, _initialize(): void, start(channels: number): number,
 *   input(): number, output(): number, decode(bytes: number): number}} OpusModule
 */

/** @type {Promise<WebAssembly.Module> | null} fetched and compiled once a page */
let compiled = null;

function compile() {
  compiled ??= fetch(new URL("../vendor/opus-decoder.wasm", import.meta.url))
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.compile(bytes));
  compiled.catch(() => compiled = null); // The next track tries again.
  return compiled;
}

/** @param {1 | 2} channels @returns {Promise<WasmOpus>} */
export async function openWasmOpus(channels) {
  return new WasmOpus(await compile(), channels);
}

export class WasmOpus {
  /** @type {OpusModule} */
  #module;
  #channels;

  /** @param {WebAssembly.Module} module @param {1 | 2} channels */
  constructor(module, channels) {
    const { exports } = new WebAssembly.Instance(module, {});
    this.#module = /** @type {OpusModule} */ (/** @type {unknown} */ (exports));
    this.#channels = channels;
    this.#module._initialize();
    if (this.#module.start(channels) !== 0) throw new RangeError(`${channels} channels`);
  }

  /** @param {Uint8Array} packet at most 4 KiB @returns {Float32Array | null} mono at 48 kHz */
  decode(packet) {
    const { memory, input, output, decode } = this.#module;
    if (packet.length > 4_096) return null;
    new Uint8Array(memory.buffer, input(), packet.length).set(packet);
    const count = decode(packet.length);
    if (count <= 0) return null; // A broken packet; the next one is whole again.
    const samples = new Float32Array(memory.buffer, output(), count * this.#channels);
    return this.#channels === 1 ? samples.slice() : mono(samples);
  }
}

/** @param {Float32Array} pairs left and right in turn */
function mono(pairs) {
  const samples = new Float32Array(pairs.length / 2);
  for (let i = 0; i < samples.length; i++) samples[i] = (pairs[2 * i] + pairs[2 * i + 1]) / 2;
  return samples;
}
