// How loud a stream is now, for a device test and for sound that nobody else measures.
import { LEVEL_UNKNOWN } from "./frame.js";
import { levelOf } from "./level.js";

/** @param {MediaStream} stream @returns {{readonly level: number, stop(): void}} RFC 6464, or 255 */
export function levelMeter(stream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1_024;
  context.createMediaStreamSource(stream).connect(analyser);
  context.resume().catch(() => {}); // The level is not known until it runs.
  const samples = new Float32Array(analyser.fftSize);
  return {
    get level() {
      if (context.state !== "running") return LEVEL_UNKNOWN;
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples);
    },
    stop() {
      context.close().catch(() => {});
    },
  };
}
