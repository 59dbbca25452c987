// Where the slide's picture lies on the screen: within its element, which may be wider or higher.

/** @param {Element | null} beside an element of the same stage */
export function pictureBox(beside) {
  const stage = beside?.closest(".screen, .big-stage") ?? document.querySelector(".screen");
  const picture = stage?.querySelector("img[data-slide]");
  if (!(picture instanceof HTMLImageElement)) return null;
  const { left, top, width, height } = picture.getBoundingClientRect();
  const { naturalWidth, naturalHeight } = picture;
  if (width === 0 || height === 0 || naturalWidth === 0) return null;
  const scale = Math.min(width / naturalWidth, height / naturalHeight);
  const [w, h] = [naturalWidth * scale, naturalHeight * scale];
  return { left: left + (width - w) / 2, top: top + (height - h) / 2, width: w, height: h };
}

/** A place on the screen as one of the picture, 0...10000; null beside it. */
/** @param {{left: number, top: number, width: number, height: number}} box @param {number} x @param {number} y */
export function placeIn(box, x, y) {
  const place = {
    x: Math.round((x - box.left) / box.width * 10_000),
    y: Math.round((y - box.top) / box.height * 10_000),
  };
  return [place.x, place.y].every((one) => one >= 0 && one <= 10_000) ? place : null;
}
