// On iPhones the mute switch silences a page's mixer, unless the page says that it plays media.

/** @typedef {"playback" | "play-and-record"} AudioSessionType */

/** What this page does with sound; recording, once begun, goes on to be possible. */
/** @type {AudioSessionType | null} */
let current = null;

/** @param {AudioSessionType} type */
export function setAudioSession(type) {
  if (current === "play-and-record") return;
  current = type;
  const { audioSession } = /** @type {{audioSession?: {type: string}}} */ (navigator);
  if (audioSession) audioSession.type = type;
}
