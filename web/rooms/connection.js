// One WebSocket to /ws that comes back by itself; it carries text, and knows nothing of rooms.
import { backoff, restartPause } from "./backoff.js";
import { ending } from "./close-codes.js";

const PROTOCOL = "luyan.v1";
const OPENING = 10_000; // milliseconds until an opening socket counts as failed

/**
 * @typedef {{is: "connecting"} | {is: "open"}
 *   | {is: "waiting", attempt: number, at: number, restart: boolean}
 *   | {is: "ended", why: "signed_out" | "failed"}} Line
 */

export class Connection {
  /** @type {WebSocket | null} */
  #socket = null;
  #attempt = 0;
  /** Set by the server's drain signal: the next close is a planned restart. */
  #draining = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #stopped = false;
  #address;
  #hear;
  #tell;

  /**
   * @param {string} address ws: or wss:
   * @param {(text: string) => void} hear each message that came
   * @param {(line: Line) => void} tell each change of the line
   */
  constructor(address, hear, tell) {
    this.#address = address;
    this.#hear = hear;
    this.#tell = tell;
  }

  start() {
    this.#stopped = false;
    addEventListener("online", this.#hint);
    addEventListener("pagehide", this.#hide);
    addEventListener("pageshow", this.#hint);
    document.addEventListener("visibilitychange", this.#hint);
    this.#open();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    removeEventListener("online", this.#hint);
    removeEventListener("pagehide", this.#hide);
    removeEventListener("pageshow", this.#hint);
    document.removeEventListener("visibilitychange", this.#hint);
    this.#drop();
  }

  /** @param {unknown} message */
  send(message) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  /** The server said that it is about to restart. */
  expectRestart() {
    this.#draining = true;
  }

  /** Gives up this socket, which went silent or signed in anew, and opens another at once. */
  renew() {
    this.#drop();
    this.#stopped = false;
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
    this.#socket = socket;
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
      this.#stopped = true; // No hint may bring it back, only a new session.
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

  /** The network or the reader is back: no need to wait out the pause. */
  #hint = () => {
    if (document.visibilityState === "visible" && this.#socket === null) this.#open();
  };

  #hide = () => this.#drop();
}
