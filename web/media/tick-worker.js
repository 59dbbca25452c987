// Ticks also while the page is hidden, where the page's own timers sleep: its camera goes on.

/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

addEventListener("message", ({ data }) => {
  clearInterval(timer);
  timer = setInterval(() => postMessage(null), data);
});
