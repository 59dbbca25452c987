// Microphone to Opus frames by WebCodecs.
import { levelOf } from "./level.js";
import { MediaRefused } from "./refusal.js";
import { SoundSource } from "./sound-source.js";
import { SOUND_CONFIG } from "./trial.js";

/**
 * @import { EncodedFrame, Source } from "./publication.js"
 * @import { Sound } from "./sound-source.js"
 */

const DURATION = 20_000; // microseconds
const MOST_WAITING = 25; // pieces in the encoder: half a second
/** Without a device for output some browsers run no AudioContext, and no sound comes of it. */
const FIRST_PIECE = 3_000; // milliseconds

/**
 * @param {MediaStream} stream @param {(frame: EncodedFrame) => void} give
 * @param {(error: unknown) => void} fail
 * @returns {Promise<Source>} when the first sound has come
 * @throws {MediaRefused} media.failed when none comes
 */
export async function encodeSound(stream, give, fail) {
  /** @type {{time: number, level: number}[]} of the pieces in the encoder: one frame each */
  let waiting = [];
  let muted = false;
  const encoder = new AudioEncoder({
    output(chunk) {
      const piece = waiting.shift();
      if (!piece) return; // Its last words after a pause.
      const payload = new Uint8Array(chunk.byteLength);
      chunk.copyTo(payload);
      give({ time: piece.time, key: true, level: piece.level, duration: DURATION, payload });
    },
    error: fail,
  });
  encoder.configure(SOUND_CONFIG);
  /** @type {(came: boolean) => void} */
  let heard = () => {};
  /** @type {Promise<boolean>} */
  const first = new Promise((done) => heard = done);
  const hear = (/** @type {Sound} */ { time, samples }) => {
    heard(true);
    if (muted || encoder.state !== "configured") return;
    if (waiting.length > MOST_WAITING) {
      // An encoder that swallows pieces would shift all times after it.
      waiting = [];
      encoder.reset();
      encoder.configure(SOUND_CONFIG);
    }
    const sound = new AudioData({
      format: "f32-planar",
      sampleRate: 48_000,
      numberOfFrames: samples.length,
      numberOfChannels: 1,
      timestamp: Math.round(time * 1_000),
      data: samples,
    });
    waiting.push({ time: time * 1_000, level: levelOf(samples) });
    encoder.encode(sound);
    sound.close();
  };
  const source = await SoundSource.open(stream, hear);
  const timer = setTimeout(heard, FIRST_PIECE, false);
  const came = await first;
  clearTimeout(timer);
  if (!came) {
    source.stop();
    encoder.close();
    throw new MediaRefused("media.failed");
  }
  return {
    wantKey() {},
    mute(now) {
      muted = now;
    },
    bitrate: SOUND_CONFIG.bitrate,
    paused: false,
    stop() {
      source.stop();
      if (encoder.state !== "closed") encoder.close();
    },
  };
}
