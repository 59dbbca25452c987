// Gives the reader a file that the page made.

const KEPT = 60_000; // milliseconds until its bytes are let go

/** @param {Blob} file @param {string} name */
export function saveFile(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  // What no file system takes in a name.
  link.download = name.replaceAll(/[\\/:*?"<>|]/g, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
