// How somebody likes to listen and with what they speak, kept in this browser.
import { readItem, writeItem } from "../../app/storage.js";

const ITEM = "luyan.media";

/** Pictures that a camera is asked for, by name; pixels. */
export const SIZES = /** @type {const} */ ({
  small: { width: 320, height: 180 },
  usual: { width: 640, height: 360 },
  large: { width: 1_280, height: 720 },
});

/**
 * @typedef {object} Preferences
 * @property {number} volume 0...1
 * @property {boolean} muted
 * @property {boolean} soundOnly
 * @property {string} captions a language, or "" for none
 * @property {string} interpretation a language, or "" for the original
 * @property {string} microphone a device's id, or "" for the browser's choice
 * @property {string} camera
 * @property {keyof typeof SIZES} size
 */

/** @type {Preferences} */
const USUAL = {
  volume: 1,
  muted: false,
  soundOnly: false,
  captions: "",
  interpretation: "",
  microphone: "",
  camera: "",
  size: "usual",
};

/** @returns {Preferences} what was kept, as far as it is of the right kind */
export function readPreferences() {
  const kept = readItem(ITEM);
  if (kept === null || typeof kept !== "object") return { ...USUAL };
  const found = Object.entries(USUAL).map(([name, usual]) =>
    typeof kept[name] === typeof usual ? [name, kept[name]] : [name, usual]
  );
  const all = /** @type {Preferences} */ (Object.fromEntries(found));
  const volume = Math.min(1, Math.max(0, all.volume));
  return { ...all, volume, size: all.size in SIZES ? all.size : "usual" };
}

/** @param {Preferences} preferences */
export function writePreferences(preferences) {
  writeItem(ITEM, preferences);
}
