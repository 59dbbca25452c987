// What a page plays and publishes with, by what its browser has: the best of some ways.

/**
 * @typedef {"webcodecs" | "mse" | "none"} PictureWay
 * @typedef {"webcodecs" | "mse" | "wasm" | "none"} SoundWay
 * @typedef {Record<string, any>} Scope the global object, or what a test has in its place
 */

export const WEBM_VIDEO = 'video/webm; codecs="vp8"';
export const WEBM_AUDIO = 'audio/webm; codecs="opus"';

/** Some phones have only the managed kind. @param {Scope} scope */
export function mediaSource(scope = globalThis) {
  return scope.MediaSource ?? scope.ManagedMediaSource ?? null;
}

/** @param {Scope} [scope] @returns {{picture: PictureWay, sound: SoundWay}} */
export function choosePlayers(scope = globalThis) {
  const picture = pictureWay(scope);
  return { picture, sound: soundWay(scope, picture) };
}

/** @param {Scope} scope @returns {PictureWay} */
function pictureWay(scope) {
  if (scope.VideoDecoder && scope.EncodedVideoChunk) return "webcodecs";
  return mediaSource(scope)?.isTypeSupported(WEBM_VIDEO) ? "mse" : "none";
}

/** @param {Scope} scope @param {PictureWay} picture @returns {SoundWay} */
function soundWay(scope, picture) {
  const mixes = Boolean(scope.AudioContext);
  if (mixes && scope.AudioDecoder && scope.EncodedAudioChunk) return "webcodecs";
  const streams = mediaSource(scope)?.isTypeSupported(WEBM_AUDIO);
  const decodes = mixes && scope.WebAssembly;
  // Beside a canvas, sound of the mixer goes with its pictures; beside <video> a stream does.
  if (decodes && (picture === "webcodecs" || !streams)) return "wasm";
  return streams ? "mse" : "none";
}

/**
 * Whether anything can be published at all, before a trial says how.
 * @param {Scope} [scope] @returns {"media.insecure_context" | "media.no_encoder" | null}
 */
export function publishingBarrier(scope = globalThis) {
  if (!scope.isSecureContext || !scope.navigator?.mediaDevices) return "media.insecure_context";
  const encodes = scope.VideoEncoder || scope.AudioEncoder || scope.MediaRecorder;
  return encodes ? null : "media.no_encoder";
}
