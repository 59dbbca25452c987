// Which encoders really encode: a codec counts after it gave a chunk, whatever it claims.

const PATIENCE = 3_000; // milliseconds

/** @typedef {"vp8" | "avc1.42E01E"} PictureCodec */
/** @typedef {{how: "webcodecs" | "recorder", codec: PictureCodec | "opus"} | null} Choice null: none */

/** Firefox claims H.264 and encodes nothing. */
/** @type {Map<string, Promise<boolean>>} each tried once a page */
const tried = new Map();

/** @param {PictureCodec | "opus"} codec @returns {Promise<boolean>} */
function encodes(codec) {
  const known = tried.get(codec) ?? (codec === "opus" ? trySound() : tryPicture(codec));
  tried.set(codec, known);
  return known;
}

/** @param {PictureCodec[]} wanted the best first @returns {Promise<Choice>} */
export async function choosePictureEncoder(wanted = ["vp8"]) {
  for (const codec of wanted) if (await encodes(codec)) return { how: "webcodecs", codec };
  return records("video/webm;codecs=vp8") ? { how: "recorder", codec: "vp8" } : null;
}

/** @returns {Promise<Choice>} */
export async function chooseSoundEncoder() {
  if (await encodes("opus")) return { how: "webcodecs", codec: "opus" };
  return recordsSound() ? { how: "recorder", codec: "opus" } : null;
}

export function recordsSound() {
  return records("audio/webm;codecs=opus");
}

/** @param {string} type */
function records(type) {
  return "MediaRecorder" in globalThis && MediaRecorder.isTypeSupported(type);
}

/** @param {PictureCodec} codec */
export function pictureConfig(
  codec,
  /** @type {{width: number, height: number, bitrate: number, framerate: number}} */ size,
) {
  return {
    ...size,
    codec,
    latencyMode: /** @type {const} */ ("realtime"),
    bitrateMode: /** @type {const} */ ("constant"), // A narrow line has no room for a peak.
    ...(codec === "vp8" ? {} : { avc: { format: /** @type {const} */ ("annexb") } }),
  };
}

export const SOUND_CONFIG = {
  codec: "opus",
  sampleRate: 48_000,
  numberOfChannels: 1,
  bitrate: 32_000,
  opus: { frameDuration: 20_000 },
};

/** @param {PictureCodec} codec */
async function tryPicture(codec) {
  if (!("VideoEncoder" in globalThis && "VideoFrame" in globalThis)) return false;
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 180;
  canvas.getContext("2d")?.fillRect(0, 0, 320, 180);
  return await trial((chunk, error) => {
    const encoder = new VideoEncoder({ output: ({ byteLength }) => chunk(byteLength), error });
    encoder.configure(
      pictureConfig(codec, { width: 320, height: 180, bitrate: 200_000, framerate: 25 }),
    );
    for (let i = 0; i < 3; i++) {
      const frame = new VideoFrame(canvas, { timestamp: i * 40_000 });
      encoder.encode(frame, { keyFrame: i === 0 });
      frame.close();
    }
    return encoder;
  });
}

async function trySound() {
  if (!("AudioEncoder" in globalThis && "AudioData" in globalThis)) return false;
  return await trial((chunk, error) => {
    const encoder = new AudioEncoder({ output: ({ byteLength }) => chunk(byteLength), error });
    encoder.configure(SOUND_CONFIG);
    for (let i = 0; i < 3; i++) {
      const sound = new AudioData({
        format: "f32-planar",
        sampleRate: 48_000,
        numberOfFrames: 960,
        numberOfChannels: 1,
        timestamp: i * 20_000,
        data: new Float32Array(960),
      });
      encoder.encode(sound);
      sound.close();
    }
    return encoder;
  });
}

/**
 * @param {(chunk: (bytes: number) => void, error: () => void) =>
 *   {flush(): Promise<void>, state: CodecState, close(): void}} begin
 * @returns {Promise<boolean>}
 */
function trial(begin) {
  return new Promise((done) => {
    /** @type {{state: CodecState, close(): void} | null} */
    let encoder = null;
    const end = (/** @type {boolean} */ worked) => {
      clearTimeout(timer);
      if (encoder?.state === "configured") encoder.close();
      done(worked);
    };
    const timer = setTimeout(() => end(false), PATIENCE);
    try {
      const begun = begin((bytes) => bytes > 0 && end(true), () => end(false));
      encoder = begun;
      begun.flush().then(() => end(false), () => end(false)); // After its chunks.
    } catch {
      end(false); // It does not know the configuration.
    }
  });
}
