// Frames of a MediaRecorder, for browsers that record but have no encoders for pages.
import { LEVEL_UNKNOWN } from "./frame.js";
import { levelMeter } from "./level-meter.js";
import { packetDuration } from "./opus-packet.js";
import { Pace } from "./pace.js";
import { stepsOf } from "./picture-encoder.js";
import { isKeyFrame, sizeOf } from "./vp8.js";
import { WebmReader } from "./webm-reader.js";

/**
 * @import { EncodedFrame, PictureWish, Source } from "./publication.js"
 * @import { WebmFrame } from "./webm-reader.js"
 */

const SLICE = 40; // milliseconds
const KEY_EVERY = 2_000; // milliseconds
/** A recorder that heeds no key-frame wish is begun anew, at most so often. */
const RESTART = 1_500; // milliseconds

/**
 * @param {MediaStream} stream with one track @param {PictureWish | null} wish null: sound
 * @param {(frame: EncodedFrame) => void} give @param {(error: unknown) => void} fail
 * @returns {Source}
 */
export function recordFrames(stream, wish, give, fail) {
  const pace = wish ? new Pace(stepsOf(wish)) : null;
  const meter = wish ? null : levelMeter(stream);
  /** @type {MediaRecorder | null} */
  let recorder = null;
  let begun = -Infinity;
  let bitrate = pace?.bitrate ?? 32_000;
  let size = "";
  let needsKey = true;
  let muted = false;
  let paused = false;

  const take = (/** @type {WebmFrame} */ { payload }, /** @type {number} */ time) => {
    if (muted) {
      needsKey = true;
      return;
    }
    if (!wish || !pace) {
      const duration = packetDuration(payload);
      return give({ time, key: true, level: meter?.level ?? LEVEL_UNKNOWN, duration, payload });
    }
    const key = isKeyFrame(payload); // Chromium's recorder omits the flag of WebM.
    if (pace.consider(wish.behind(), performance.now()) !== "send") needsKey = true;
    if (paused !== pace.paused) {
      paused = pace.paused;
      wish.changed();
    }
    if (pace.paused) return;
    if (bitrate !== pace.bitrate || (needsKey && !key && wish.behind() < SLICE)) again();
    if (needsKey && !key) return;
    needsKey = false;
    if (key && size !== (size = Object.values(sizeOf(payload)).join("x"))) {
      const { width, height } = sizeOf(payload);
      wish.resized(width, height);
    }
    give({ time, key, level: LEVEL_UNKNOWN, duration: 0, payload });
  };

  /** Its first frame is a key frame; `at` most often, as each costs as much as many frames. */
  const again = () => {
    if (performance.now() - begun < RESTART) return;
    begin();
  };

  const begin = () => {
    begun = performance.now();
    bitrate = pace?.bitrate ?? bitrate;
    if (recorder) {
      recorder.ondataavailable = recorder.onerror = null;
      if (recorder.state !== "inactive") recorder.stop();
    }
    const made = new MediaRecorder(stream, optionsFor(wish !== null, bitrate));
    /** The page's clock at the recording's zero: the earliest that any frame allows. */
    let zero = Infinity;
    const reader = new WebmReader(() => {}, (frame) => {
      // A packet comes when it is whole; its time is that of its beginning.
      const whole = frame.time + (wish ? 0 : packetDuration(frame.payload));
      zero = Math.min(zero, performance.now() * 1_000 - whole);
      if (recorder === made) take(frame, zero + frame.time);
    });
    let order = Promise.resolve();
    made.ondataavailable = ({ data }) => {
      // Blobs may be read out of order, the reader takes them in theirs.
      order = order.then(async () => reader.push(new Uint8Array(await data.arrayBuffer())))
        .catch(fail);
    };
    made.onerror = fail;
    recorder = made;
    made.start(SLICE);
  };
  begin();

  return {
    wantKey: again,
    mute(now) {
      muted = now;
      if (!now) again();
    },
    get bitrate() {
      return bitrate;
    },
    get paused() {
      return pace?.paused ?? false;
    },
    stop() {
      meter?.stop();
      const last = recorder;
      recorder = null;
      if (last && last.state !== "inactive") last.stop();
    },
  };
}

/** @param {boolean} pictures @param {number} bitrate */
function optionsFor(pictures, bitrate) {
  if (!pictures) return { mimeType: "audio/webm;codecs=opus", audioBitsPerSecond: bitrate };
  return {
    mimeType: "video/webm;codecs=vp8",
    videoBitsPerSecond: bitrate,
    videoKeyFrameIntervalDuration: KEY_EVERY, // Where it is known.
  };
}
