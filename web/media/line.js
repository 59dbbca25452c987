// A room's live media as this page knows it: the socket, its tracks, commands and their answers.
import { TimeSync } from "../rooms/time-sync.js";
import { decodeFrame, FrameRefused } from "./frame.js";
import { MediaRefused } from "./refusal.js";
import { MediaSocket } from "./socket.js";

/**
 * @import { Line } from "../rooms/connection.js"
 * @import { Fields, MediaFrame, MediaListener, MediaTrack, UntrackReason } from "../types.d.ts"
 */

const SYNC = 2_000; // milliseconds between exchanges of time.sync
/** While frames are sent, the exchanges also tell how far the line is behind. */
const SENDING_SYNC = 250; // milliseconds
const SILENT = 10_000; // milliseconds without its answer: the socket is dead
const MOST_WAITING = 32; // commands
/** An answer may take so much longer than the quickest before it counts as behind. */
const SLACK = 200; // milliseconds
/** Longer than the longest wait on a slow line; then a command has failed. */
const ANSWER = 15_000; // milliseconds

export class MediaLine {
  /** @type {Line} */
  state = { is: "connecting" };
  joined = false;
  /** Why the room's media are refused; null while they are not. @type {string | null} */
  refused = null;
  /** The server paused video, as this line is too slow for it. */
  videoYielded = false;
  /** @type {Map<number, MediaTrack>} */
  tracks = new Map();
  /** Frames that could not be read, for support. */
  badFrames = 0;
  #sync = new TimeSync();
  #video = true;
  #count = 0;
  /** @type {Map<string, {done: (answer: Fields) => void, failed: (error: Error) => void,
   *   timer: ReturnType<typeof setTimeout>}>} */
  #answers = new Map();
  /** @type {{sent: number} | null} the time.sync that is under way */
  #asked = null;
  /** When the last exchange began, and the last frame went out. */
  #probed = -Infinity;
  #sent = -Infinity;
  /** The shortest round trip of this socket in milliseconds. */
  #quickest = Infinity;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  /** @type {Set<MediaListener>} */
  #listeners = new Set();
  #socket;
  #room;

  /** @param {string} room @param {string} host of the WebSocket, with its scheme */
  constructor(room, host) {
    this.#room = room;
    this.#socket = new MediaSocket(
      `${host}/ws/media`,
      (message) => typeof message === "string" ? this.#hear(message) : this.#frame(message),
      (line) => this.#lineChanged(line),
    );
  }

  start() {
    this.#socket.start();
    this.#timer ??= setInterval(() => this.#tick(), SENDING_SYNC);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#socket.stop();
    this.#forget();
  }

  /** @param {MediaListener} listener @returns {() => void} ends it */
  listen(listener) {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The server's time in milliseconds; null before it is known. */
  get now() {
    return this.#sync.offset === null ? null : performance.now() + this.#sync.offset;
  }

  /**
   * How far what is sent is behind, in milliseconds. The socket knows its own bytes; those that
   * the operating system holds show in how long an answer takes beyond the shortest round trip.
   */
  get behind() {
    const asked = this.#asked ? performance.now() - this.#asked.sent : 0;
    return Math.max(this.#socket.behind, asked - this.#quickest - SLACK);
  }

  /**
   * @param {string} type @param {Fields} [data]
   * @returns {Promise<Fields>} the answer @throws {MediaRefused} the server's code, or media.line_lost
   */
  command(type, data = {}) {
    return new Promise((done, failed) => {
      if (this.#answers.size >= MOST_WAITING) throw new MediaRefused("media.line_lost");
      const id = `m-${++this.#count}`;
      if (!this.#socket.sendText(JSON.stringify({ id, type, room: this.#room, data }))) {
        throw new MediaRefused("media.line_lost");
      }
      const timer = setTimeout(() => this.#fail(id), ANSWER);
      this.#answers.set(id, { done, failed, timer });
    });
  }

  /** @param {Uint8Array<ArrayBuffer>} frame @returns {boolean} whether it went out */
  send(frame) {
    this.#sent = performance.now();
    return this.joined && this.#socket.sendBytes(frame);
  }

  /** Sound alone saves a slow line most of its load. @param {boolean} video */
  async wantVideo(video) {
    this.#video = video;
    if (this.joined) await this.#join();
  }

  /** @param {Line} line */
  #lineChanged(line) {
    this.state = line;
    if (line.is === "open") {
      this.#sync.reset();
      this.#quickest = Infinity;
      this.#probe();
      this.#join().catch((error) => {
        if (!(error instanceof MediaRefused)) throw error;
        this.refused = error.code === "media.line_lost" ? null : error.code;
        this.#tell("line", line);
      });
    } else this.#forget();
    this.#tell("line", line);
  }

  async #join() {
    const { tracks } = await this.command("media.join", { video: this.#video });
    this.refused = null;
    this.#socket.settled();
    const gone = new Set(this.tracks.keys());
    for (const track of tracks) {
      gone.delete(track.track);
      this.#track(track);
    }
    for (const track of gone) this.#untrack(track, null);
    const before = this.joined;
    this.joined = true;
    if (!before) this.#tell("joined");
  }

  /** What a lost socket takes with it. */
  #forget() {
    this.joined = false;
    this.videoYielded = false;
    this.#asked = null;
    for (const id of [...this.#answers.keys()]) this.#fail(id);
    for (const track of [...this.tracks.keys()]) this.#untrack(track, null);
  }

  /** @param {string} id */
  #fail(id) {
    const waiting = this.#answers.get(id);
    this.#answers.delete(id);
    clearTimeout(waiting?.timer);
    waiting?.failed(new MediaRefused("media.line_lost"));
  }

  #tick() {
    const now = performance.now();
    if (this.#asked && now - this.#asked.sent > SILENT) return this.#socket.renew();
    const pause = now - this.#sent < SYNC ? SENDING_SYNC : SYNC;
    if (!this.#asked && this.#socket.open && now - this.#probed >= pause) this.#probe();
  }

  #probe() {
    const sent = performance.now();
    const asked = { sent };
    this.#asked = asked;
    this.#probed = sent;
    this.command("time.sync").then(({ now }) => {
      const received = performance.now();
      this.#quickest = Math.min(this.#quickest, received - sent);
      this.#sync.add({ sent, received, server: now });
    }, () => {}).finally(() => { // A lost answer is told by the socket's state.
      if (this.#asked === asked) this.#asked = null;
    });
  }

  /** @param {string} text */
  #hear(text) {
    const message = JSON.parse(text);
    if (message.re !== undefined) {
      const waiting = this.#answers.get(message.re);
      if (!waiting) return;
      this.#answers.delete(message.re);
      clearTimeout(waiting.timer);
      if (message.error) waiting.failed(new MediaRefused(message.error.code, message.error));
      else waiting.done(message.ok ?? {});
    } else if (message.error?.code === "media.too_fast") this.#tell("tooFast");
    else if (message.signal !== undefined) this.#signal(message.signal, message.data ?? {});
  }

  /** @param {string} signal @param {Fields} data */
  #signal(signal, data) {
    switch (signal) {
      case "media.track":
        return this.#track(/** @type {MediaTrack} */ (data));
      case "media.untrack":
        return this.#untrack(data.track, data.why);
      case "media.key_wanted":
        return this.#tell("keyWanted", data.track);
      case "media.video":
        this.videoYielded = data.yielded;
        return this.#tell("videoYielded", data.yielded);
      case "media.barred":
        return this.#tell("barred", data.tracks, data.error.code);
      case "restart":
        // Roles changed: what was published is gone, and the room is asked anew.
        return this.#socket.renew();
      case "drain":
        return this.#socket.expectRestart();
    }
  }

  /** @param {MediaTrack} track */
  #track(track) {
    this.tracks.set(track.track, track);
    this.#tell("track", track);
  }

  /** @param {number} track @param {UntrackReason | null} why */
  #untrack(track, why) {
    if (this.tracks.delete(track)) this.#tell("untrack", track, why);
  }

  /** @param {ArrayBuffer} message */
  #frame(message) {
    /** @type {MediaFrame} */
    let frame;
    try {
      frame = decodeFrame(message);
    } catch (error) {
      if (!(error instanceof FrameRefused)) throw error;
      this.badFrames += 1;
      return;
    }
    this.#tell("frame", frame);
  }

  /**
   * @template {keyof MediaListener} Name
   * @param {Name} name @param {Parameters<NonNullable<MediaListener[Name]>>} values
   */
  #tell(name, ...values) {
    for (const listener of this.#listeners) {
      /** @type {((...values: any[]) => void) | undefined} */ (listener[name])?.(...values);
    }
  }
}
