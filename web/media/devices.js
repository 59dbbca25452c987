// Which microphones and cameras there are, and trying them out without being seen or heard.
import { capture } from "./capture.js";
import { levelMeter } from "./level-meter.js";
import { MediaRefused } from "./refusal.js";

/** @typedef {{id: string, label: string}} Device label: empty until a permission was given */
/** @typedef {{stream: MediaStream, stop(): void}} DeviceTest */

const LOOK = 60; // milliseconds between levels

/** @returns {Promise<{microphones: Device[], cameras: Device[]}>} @throws {MediaRefused} */
export async function listDevices() {
  if (!globalThis.navigator.mediaDevices) throw new MediaRefused("media.insecure_context");
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (/** @type {MediaDeviceKind} */ kind) =>
    all.filter((device) => device.kind === kind && device.deviceId !== "")
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphones: of("audioinput"), cameras: of("videoinput") };
}

/** One was plugged in or out. @param {() => void} changed @returns {() => void} ends it */
export function watchDevices(changed) {
  const devices = navigator.mediaDevices;
  devices?.addEventListener("devicechange", changed);
  return () => devices?.removeEventListener("devicechange", changed);
}

/**
 * @param {string | undefined} device @param {(level: number) => void} hear RFC 6464
 * @returns {Promise<DeviceTest>} @throws {MediaRefused}
 */
export async function testMicrophone(device, hear) {
  const stream = await capture("voice", { device });
  const meter = levelMeter(stream);
  const timer = setInterval(() => hear(meter.level), LOOK);
  return {
    stream,
    stop() {
      clearInterval(timer);
      meter.stop();
      release(stream);
    },
  };
}

/** @param {string | undefined} device @returns {Promise<DeviceTest>} @throws {MediaRefused} */
export async function testCamera(device) {
  const stream = await capture("camera", { device });
  return { stream, stop: () => release(stream) };
}

/** @param {MediaStream} stream */
export function release(stream) {
  for (const track of stream.getTracks()) track.stop();
}
