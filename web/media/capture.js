// Asks for microphone, camera or screen, and only when somebody wants to publish or to test it.
import { setAudioSession } from "./audio-session.js";
import { publishingBarrier } from "./choose.js";
import { MediaRefused, refusalOf } from "./refusal.js";

/** @import { MediaKind, PublishOptions } from "../types.d.ts" */

export const FRAME_RATE = 25;
export const SCREEN_RATE = 8;
const SCREEN_WIDTH = 1_600; // pixels; slides stay legible
const SCREEN_HEIGHT = 1_200;

/** @param {MediaKind} kind @returns {"sound" | "picture"} */
export function matterOf(kind) {
  return kind === "voice" || kind === "interpretation" ? "sound" : "picture";
}

/** The largest picture of a kind. @param {MediaKind} kind @param {{width?: number, height?: number}} wanted */
export function mostOf(kind, { width = 640, height = 360 }) {
  if (kind === "screen") return { width: SCREEN_WIDTH, height: SCREEN_HEIGHT };
  return { width: Math.min(width, 1_280), height: Math.min(height, 720) };
}

/**
 * @param {MediaKind} kind @param {PublishOptions} options
 * @returns {Promise<MediaStream>} @throws {MediaRefused}
 */
export async function capture(kind, options) {
  const barrier = publishingBarrier();
  if (barrier) throw new MediaRefused(barrier);
  const { mediaDevices } = navigator;
  try {
    if (kind === "screen") {
      // Some phones have none; then it is as if there was no screen.
      if (!mediaDevices.getDisplayMedia) throw new MediaRefused("media.no_device");
      const video = { frameRate: SCREEN_RATE, width: { max: SCREEN_WIDTH } };
      return await mediaDevices.getDisplayMedia({ video, audio: false });
    }
    if (matterOf(kind) === "sound") setAudioSession("play-and-record");
    return await mediaDevices.getUserMedia(constraints(kind, options));
  } catch (error) {
    throw refusalOf(error, kind === "screen");
  }
}

/** @param {MediaKind} kind @param {PublishOptions} options @returns {MediaStreamConstraints} */
function constraints(kind, options) {
  const deviceId = options.device ? { exact: options.device } : undefined;
  if (matterOf(kind) === "sound") {
    const cleaned = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    return { audio: { deviceId, channelCount: 1, ...cleaned } };
  }
  const { width, height } = mostOf(kind, options);
  return {
    video: {
      deviceId,
      width: { ideal: width },
      height: { ideal: height },
      frameRate: { ideal: FRAME_RATE, max: 30 },
    },
  };
}
