// A camera's or screen's pictures as VideoFrames, also while the page is hidden.

/** @typedef {{stop(): void}} PictureSource */

const STILL = 1_000; // milliseconds after which a still screen is given once more

/**
 * @param {MediaStream} stream @param {number} rate pictures a second at most
 * @param {(frame: VideoFrame) => void} see its owner: closes the frame
 * @returns {PictureSource}
 */
export function openPictures(stream, rate, see) {
  const [track] = stream.getVideoTracks();
  return "MediaStreamTrackProcessor" in globalThis
    ? processed(track, rate, see)
    : painted(track, rate, see);
}

/** @param {MediaStreamTrack} track @param {number} rate @param {(frame: VideoFrame) => void} see */
function processed(track, rate, see) {
  // Without a copy the processor would end with the track of whoever else uses it.
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 2 }).readable.getReader();
  const gate = rateGate(rate);
  /** @type {VideoFrame | null} a screen that does not change gives no pictures */
  let last = null;
  let stopped = false;
  const give = (/** @type {VideoFrame} */ frame) => {
    see(new VideoFrame(frame, { timestamp: microseconds() }));
  };
  const still = setInterval(() => last && gate(performance.now(), STILL) && give(last), STILL);
  (async () => {
    while (!stopped) {
      const { done, value } = await reader.read();
      if (done) break;
      last?.close();
      last = value;
      if (!stopped && gate(performance.now())) give(value);
    }
    last?.close();
    last = null;
  })().catch(() => {}); // A track that ends is told by the track.
  return {
    stop() {
      stopped = true;
      clearInterval(still);
      reader.cancel().catch(() => {});
    },
  };
}

/** @param {MediaStreamTrack} track @param {number} rate @param {(frame: VideoFrame) => void} see */
function painted(track, rate, see) {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  video.play().catch(() => {}); // Tried again with each tick.
  const worker = new Worker(new URL("tick-worker.js", import.meta.url));
  worker.onmessage = () => {
    if (video.paused) video.play().catch(() => {});
    if (video.readyState < 2 || track.readyState === "ended") return;
    see(new VideoFrame(video, { timestamp: microseconds() }));
  };
  worker.postMessage(1_000 / rate);
  return {
    stop() {
      worker.terminate();
      video.srcObject = null;
    },
  };
}

/** The page's media clock, one for all its tracks. */
function microseconds() {
  return Math.round(performance.now() * 1_000);
}

/** Lets through so many a second. @param {number} rate */
function rateGate(rate) {
  let next = -Infinity;
  let last = -Infinity;
  return (/** @type {number} */ now, least = 0) => {
    // A camera's own trembling must not halve its rate: a quarter early is in time.
    const step = 1_000 / rate;
    if (now < next - step / 4 || now - last < least) return false;
    next = Math.max(next + step, now);
    last = now;
    return true;
  };
}
