// A picture of the room to send on: title, time, projects and the QR code of its address.
import { qrModules } from "../../components/qr.js";

const WIDTH = 900; // pixels
const HEIGHT = 1_350;
const EDGE = 70;
const SHOWN = 6; // projects
const CODE = 260;
const FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';

/**
 * @typedef {object} Poster
 * @property {string} title
 * @property {string[]} lines when, and how many
 * @property {string[]} projects
 * @property {string} address
 * @property {string} scan what the code is for
 * @property {(n: number) => string} more projects that are not shown
 */

/** @param {Poster} poster @returns {Promise<Blob | null>} null where the browser draws nothing */
export function drawPoster(poster) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.resolve(null);
  pen.fillStyle = "#f7f5f0";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "#1f4e8c";
  pen.fillRect(0, 0, WIDTH, 26);
  pen.textBaseline = "top";
  let top = 110;
  /** @param {string} text @param {number} size @param {string} colour @param {number} most lines */
  const write = (text, size, colour, most, weight = 400) => {
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.fillStyle = colour;
    for (const line of wrapped(text, most, (part) => pen.measureText(part).width)) {
      pen.fillText(line, EDGE, top);
      top += size * 1.4;
    }
  };
  write(poster.title, 60, "#1c2026", 3, 700);
  top += 24;
  for (const line of poster.lines) write(line, 32, "#173d70", 1, 600);
  top += 30;
  for (const project of poster.projects.slice(0, SHOWN)) {
    write(`· ${project}`, 30, "#1c2026", 1);
    top += 6;
  }
  const left = poster.projects.length - SHOWN;
  if (left > 0) write(poster.more(left), 28, "#545b66", 1);
  drawCode(pen, poster.address);
  top = HEIGHT - EDGE - CODE + 60;
  pen.font = `600 32px ${FONT}`;
  pen.fillStyle = "#1c2026";
  pen.fillText(poster.scan, EDGE + CODE + 40, top);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** @param {CanvasRenderingContext2D} pen @param {string} address */
function drawCode(pen, address) {
  const modules = qrModules(address);
  if (!modules) return;
  const quiet = 4; // modules around the code, as readers want them
  const size = CODE / (modules.length + 2 * quiet);
  const [x, y] = [EDGE, HEIGHT - EDGE - CODE];
  pen.fillStyle = "#ffffff";
  pen.fillRect(x, y, CODE, CODE);
  pen.fillStyle = "#000000";
  for (const [row, cells] of modules.entries()) {
    for (const [column, dark] of cells.entries()) {
      if (!dark) continue;
      // A little over, so that no line of light stands between.
      pen.fillRect(x + (column + quiet) * size, y + (row + quiet) * size, size + 0.5, size + 0.5);
    }
  }
}

/**
 * Lines that fit, broken between words or Han characters; what is too much ends with an ellipsis.
 * @param {string} text @param {number} most lines @param {(part: string) => number} width pixels
 */
export function wrapped(text, most, width) {
  const parts = text.match(/[\p{Script=Han}\p{P}]|[^\s\p{Script=Han}]+|\s+/gu) ?? [];
  const room = WIDTH - 2 * EDGE;
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const part of parts.flatMap((one) => width(one) > room ? [...one] : [one])) {
    if (line !== "" && width(line + part) > room) {
      lines.push(line.trim());
      line = part.trimStart();
    } else line += part;
  }
  if (line.trim() !== "") lines.push(line.trim());
  if (lines.length <= most) return lines;
  let last = lines[most - 1];
  while (last !== "" && width(`${last}…`) > room) last = last.slice(0, -1);
  return [...lines.slice(0, most - 1), `${last}…`];
}
