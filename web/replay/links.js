// A moment in the address: seconds from where the replay begins, `#t=93`.

/** @param {string} hash @returns {number | null} seconds */
export function readMoment(hash) {
  const found = /^#t=(\d{1,9})$/.exec(hash)?.[1];
  return found === undefined ? null : Number(found);
}

/** @param {string} address @param {number} seconds */
export function momentLink(address, seconds) {
  const link = new URL(address);
  link.search = "";
  link.hash = `t=${Math.max(0, Math.floor(seconds))}`;
  return link.href;
}

/** `1:02:03`, or `2:03` below an hour. @param {number} milliseconds */
export function timeText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  const rest = `${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
