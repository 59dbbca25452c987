// A QR code as a picture: one path, in dark on light whatever the page's colours are.
import { h } from "../vendor/preact.js";
import { qrModules } from "./qr.js";

const QUIET = 4; // modules around the code, as readers want them

/** @param {{text: string, label: string}} props */
export function QrCode({ text, label }) {
  const modules = qrModules(text);
  if (!modules) return null;
  const size = modules.length + 2 * QUIET;
  const path = modules.flatMap((row, r) =>
    row.map((dark, c) => dark ? `M${c + QUIET} ${r + QUIET}h1v1h-1z` : "")
  ).join("");
  return h(
    "svg",
    { class: "qr", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label },
    h("rect", { width: size, height: size, fill: "#ffffff" }),
    h("path", { d: path, fill: "#000000" }),
  );
}
