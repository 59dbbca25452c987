// Draws a picture anew: its middle as a square of at most 512 pixels. What a camera wrote into the
// file beside the picture (place, time, device) does not come along.

const SIDE = 512; // pixels

/** The kinds that the server takes; a picture that may be transparent stays so. */
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp"];

/** @param {Blob} file @returns {Promise<Blob | null>} nothing where it is no picture that can be drawn */
export async function squareOf(file) {
  let image;
  try {
    image = await createImageBitmap(file);
  } catch {
    return null;
  }
  const cut = Math.min(image.width, image.height);
  const side = Math.min(SIDE, cut);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  if (pen === null) return null;
  pen.imageSmoothingQuality = "high";
  const [left, top] = [(image.width - cut) / 2, (image.height - cut) / 2];
  pen.drawImage(image, left, top, cut, cut, 0, 0, side, side);
  image.close();
  const type = file.type === "image/jpeg" ? "image/jpeg" : "image/png";
  return await new Promise((done) => canvas.toBlob(done, type, 0.9));
}
