// One WebSocket to /ws/media that comes back by itself; text and frames, nothing of rooms.
// As rooms/connection.js, beside what frames ask: bytes, and how far the line is behind.
import { backoff, restartPause } from "../rooms/backoff.js";
import { ending } from "../rooms/close-codes.js";
import { Backlog } from "./backlog.js";

const PROTOCOL = "luyan.media.v1";
const OPENING = 10_000; // milliseconds until an opening socket counts as failed
/** More than this waits in no socket: frames beyond are dropped, they would come too late. */
const MOST_WAITING = 2 << 20; // bytes

/** @import { Line } from "../rooms/connection.js" */

export class MediaSocket {
  /** @type {WebSocket | null} */
  #socket = null;
  #backlog = new Backlog();
  #attempt = 0;
  #draining = false;
  #stopped = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #address;
  #hear;
  #tell;

  /**
   * @param {string} address ws: or wss:
   * @param {(message: string | ArrayBuffer) => void} hear @param {(line: Line) => void} tell
   */
  constructor(address, hear, tell) {
    this.#address = address;
    this.#hear = hear;
    this.#tell = tell;
  }

  start() {
    if (!this.#stopped) return;
    this.#stopped = false;
    addEventListener("online", this.#hint);
    addEventListener("pageshow", this.#hint);
    addEventListener("pagehide", this.#hide);
    document.addEventListener("visibilitychange", this.#hint);
    this.#open();
  }

  stop() {
    this.#stopped = true;
    removeEventListener("online", this.#hint);
    removeEventListener("pageshow", this.#hint);
    removeEventListener("pagehide", this.#hide);
    document.removeEventListener("visibilitychange", this.#hint);
    this.#drop();
  }

  get open() {
    return this.#socket?.readyState === 1;
  }

  /** @param {string} text @returns {boolean} whether it went out */
  sendText(text) {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(text);
    this.#backlog.sent(text.length, performance.now());
    return true;
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes @returns {boolean} whether it went out */
  sendBytes(bytes) {
    const socket = this.#socket;
    if (socket?.readyState !== 1 || socket.bufferedAmount > MOST_WAITING) return false;
    socket.send(bytes);
    this.#backlog.sent(bytes.length, performance.now());
    return true;
  }

  /** How long the oldest byte has waited; milliseconds. */
  get behind() {
    return this.#socket ? this.#backlog.age(this.#socket.bufferedAmount, performance.now()) : 0;
  }

  /** The server said that it is about to restart. */
  expectRestart() {
    this.#draining = true;
  }

  /** Gives up this socket, which went silent, and opens another at once. */
  renew() {
    this.#drop();
    this.#attempt = 0;
    this.#open();
  }

  /** The line held: the next loss starts with the shortest pause again. */
  settled() {
    this.#attempt = 0;
  }

  #open() {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#tell({ is: "connecting" });
    const socket = new WebSocket(this.#address, PROTOCOL);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    this.#backlog = new Backlog();
    this.#timer = setTimeout(() => this.#lost(socket, 1006), OPENING);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#draining = false;
      this.#tell({ is: "open" });
    };
    socket.onmessage = ({ data }) => this.#hear(data);
    socket.onclose = ({ code }) => this.#lost(socket, code);
  }

  /** @param {WebSocket} socket @param {number} code */
  #lost(socket, code) {
    if (socket !== this.#socket) return;
    this.#drop();
    const end = this.#draining ? "restart" : ending(code);
    if (end === "signed_out" || end === "failed") {
      this.stop();
      this.#tell({ is: "ended", why: end });
      return;
    }
    this.#attempt += 1;
    const restart = end === "restart" && this.#attempt <= 2;
    const pause = restart ? restartPause(Math.random()) : backoff(this.#attempt, Math.random());
    this.#timer = setTimeout(() => this.#open(), pause);
    this.#tell({ is: "waiting", attempt: this.#attempt, at: Date.now() + pause, restart });
  }

  #drop() {
    const socket = this.#socket;
    clearTimeout(this.#timer);
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** The network is back: no need to wait out the pause. */
  #hint = () => {
    if (document.visibilityState === "visible" && this.#socket === null) this.#open();
  };

  #hide = () => this.#drop();
}
