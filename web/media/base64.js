// Base64 both ways, for a decoder's configuration.

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** @param {Uint8Array} bytes @returns {string} */
export function base64Of(bytes) {
  return btoa(String.fromCharCode(...bytes));
}
