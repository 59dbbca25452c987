// Line drawings beside words; they say nothing that the words do not.
import { h } from "../vendor/preact.js";

const PATHS = {
  microphone: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3",
  silent:
    "M9 5.5A3 3 0 0 1 15 6v5M9 9v3a3 3 0 0 0 5 2.2M5 11a7 7 0 0 0 11 5.7M19 11a7 7 0 0 1-.6 2.8M12 18v3M4 4l16 16",
  camera: "M3 7h12v10H3zM15 10.5l6-3.5v10l-6-3.5",
  screen: "M3 4h18v12H3zM8 20h8M12 16v4",
  hand:
    "M8 12V5.5a1.5 1.5 0 0 1 3 0V11M11 10V4a1.5 1.5 0 0 1 3 0v7M14 11V5.5a1.5 1.5 0 0 1 3 0V14a7 7 0 0 1-7 7c-3 0-4.5-2-6-5l-1.3-2.6a1.5 1.5 0 0 1 2.6-1.5L8 15",
  sound: "M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
  quiet: "M4 9v6h4l5 4V5L8 9zM17 9l5 6M22 9l-5 6",
  swap: "M7 4 3 8l4 4M3 8h13M17 12l4 4-4 4M21 16H8",
  devices: "M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4",
  listen: "M4 15v-3a8 8 0 0 1 16 0v3M4 14h3v6H5a1 1 0 0 1-1-1zM20 14h-3v6h2a1 1 0 0 0 1-1z",
  react: "M12 20.5 4.5 13a5 5 0 0 1 7.5-6.6 5 5 0 0 1 7.5 6.6z",
  find: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13zM15.5 15.5 20.5 20.5",
  captions: "M3 5h18v14H3zM10 10.5a2 2 0 1 0 0 3M17 10.5a2 2 0 1 0 0 3",
};

/** @param {{name: keyof typeof PATHS}} props */
export function Icon({ name }) {
  return h(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true" },
    h("path", {
      d: PATHS[name],
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 2,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  );
}
