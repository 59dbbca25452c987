// A room's live media on this page: one line, what plays of it, and what this reader sends.
import { Observable } from "../../app/observable.js";
import { choosePlayers } from "../../media/choose.js";
import { Listening } from "./listening.js";
import { Sending } from "./sending.js";
import { SpeakingMeter } from "./speaking.js";
import { isOngoing } from "../lifecycle.js";

/**
 * @import { MediaKind, MediaTrack, UntrackReason } from "../../types.d.ts"
 * @import { MediaLine } from "../../media/line.js"
 * @import { RoomStore } from "../store.js"
 */

const LOOK = 100; // milliseconds between levels
const FRESH = 250; // milliseconds that a level holds
const AGAIN = 10_000; // milliseconds until what did not load, or was refused, is tried again

export class MediaSession extends Observable {
  /** @type {MediaTrack[]} all that run now; of a recording that plays too */
  tracks = [];
  /** @type {SpeakingMeter["speaking"]} */
  speaking = new Set();
  /** Whose lines dropped while they sent, until they send again or the next slot is called. */
  /** @type {Set<string>} members */
  lost = new Set();
  /** @type {string | null} the slot in whose turn that is kept */
  #stage = null;
  /** Who spoke last. @type {string | null} */
  leader = null;
  /** The newest level of each voice and when it came: one that stopped is silent. */
  /** @type {Map<number, {level: number, at: number}>} */
  #levels = new Map();
  /** The line was lost while something was on it. */
  interrupted = false;
  /** Something was on the line when it was there last. */
  #busy = false;
  #meter = new SpeakingMeter();
  /** @type {MediaLine | null} */
  #line = null;
  /** Whose line it is; null where none is wanted. @type {string | null} */
  #identity = null;
  /** @type {(() => void) | null} */
  #end = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  #store;
  #host;

  /** @param {RoomStore} store @param {string} host of the WebSocket, with its scheme */
  constructor(store, host) {
    super();
    this.#store = store;
    this.#host = host;
    const changed = () => this.changed();
    /** What is heard and shown. */
    this.listening = new Listening((track) => this.isMine(track), changed);
    /** What this reader sends. */
    this.sending = new Sending(store.id, changed);
  }

  /** Follows the room from now on. */
  start() {
    this.#end ??= this.#store.listen(() => this.#follow());
    this.#follow();
  }

  stop() {
    this.#end?.();
    this.#end = null;
    this.#identity = null;
    this.#close();
  }

  /** @returns {Set<MediaKind>} what this page sends now */
  get myKinds() {
    return this.sending.kinds;
  }

  /** How the line stands. @returns {"none" | "connecting" | "joined" | "refused"} */
  get line() {
    if (this.#line === null) return "none";
    if (this.#line.refused) return "refused";
    return this.#line.joined ? "joined" : "connecting";
  }

  /** Why the room's media are refused: an error's code. */
  get refused() {
    return this.#line?.refused ?? null;
  }

  /** The server paused pictures, as the line is too slow for them. */
  get videoYielded() {
    return this.#line?.videoYielded ?? false;
  }

  get soundState() {
    return this.listening.soundState;
  }

  /** What of what runs this browser cannot play. @returns {"picture" | "sound" | "all" | null} */
  get missing() {
    const { picture, sound } = choosePlayers();
    const pictures = picture === "none" && this.#others(true);
    const sounds = sound === "none" && this.#others(false);
    if (pictures && sounds) return "all";
    return pictures ? "picture" : sounds ? "sound" : null;
  }

  /** Whether somebody else, or a recording, sends pictures, or sound. @param {boolean} pictures */
  #others(pictures) {
    return this.tracks.some((track) => !this.isMine(track) && isPicture(track) === pictures);
  }

  /** Whether there is anything to hear. */
  get sounds() {
    return this.#others(false);
  }

  /** Those whose pictures this page can show: its own, and others where it has a player. */
  get pictures() {
    const { soundOnly } = this.listening.preferences;
    const plays = !soundOnly && choosePlayers().picture !== "none";
    return this.tracks.filter((track) =>
      isPicture(track) && (this.isMine(track) ? this.sending.streamOf(track) !== null : plays)
    );
  }

  /** One's own recording is played as anybody's is. @param {MediaTrack} track */
  isMine({ member, live }) {
    return live && member === this.#store.you.member;
  }

  /** How loud a voice is (RFC 6464). @param {MediaTrack} track */
  level(track) {
    if (this.isMine(track)) return this.sending.level(track);
    const heard = this.#levels.get(track.track);
    const silent = track.muted || track.byStaff || !heard;
    return silent || performance.now() - heard.at > FRESH ? 127 : heard.level;
  }

  #follow() {
    const { room, you, situation } = this.#store;
    if (this.#stage !== (room?.stage ?? null)) {
      this.#stage = room?.stage ?? null;
      this.lost.clear();
    }
    const wanted = room !== null && isOngoing(room) && situation.is !== "signed_out" &&
      (you.member !== null || !you.door);
    const identity = wanted ? you.member ?? "visitor" : null;
    if (identity === this.#identity) return;
    this.#identity = identity;
    this.#close();
    if (identity !== null) this.#open();
  }

  async #open() {
    const identity = this.#identity;
    const loaded = await import("../../media/line.js").catch(() => null);
    if (identity !== this.#identity || this.#line) return;
    if (!loaded) return this.#later(() => this.#open());
    const line = new loaded.MediaLine(this.#store.id, this.#host);
    line.listen({
      line: ({ is }) => this.#lineChanged(is),
      joined: () => this.#joined(),
      track: ({ live, member }) => {
        if (live) this.lost.delete(member);
        this.#tracksChanged();
      },
      untrack: (track, why) => this.#untracked(track, why),
      frame: ({ track, level }) => {
        if (level < 128) this.#levels.set(track, { level, at: performance.now() });
      },
      videoYielded: () => this.changed(),
    });
    this.#line = line;
    this.listening.use(line);
    this.sending.use(line);
    line.start();
    this.#timer = setInterval(() => this.#look(), LOOK);
  }

  #close() {
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    this.listening.use(null);
    this.sending.use(null);
    this.#line?.stop();
    this.#line = null;
    this.interrupted = false;
    this.#busy = false;
    this.#levels.clear();
    this.lost.clear();
    this.tracks = [];
    this.changed();
  }

  /** @param {() => void} act */
  #later(act) {
    clearTimeout(this.#again);
    this.#again = setTimeout(act, AGAIN);
  }

  /** @param {string} is */
  #lineChanged(is) {
    if (is !== "open" && this.#busy) this.interrupted = true;
    if (is !== "open") this.lost.clear(); // What happens to theirs meanwhile is not heard.
    if (this.#line?.refused) {
      this.#later(() => {
        this.#close();
        this.#open();
      });
    }
    if (is === "open") this.listening.opened();
    this.changed();
  }

  #joined() {
    this.interrupted = false;
    this.#busy = this.tracks.length > 0;
    this.listening.joined();
    this.changed();
  }

  /** @param {number} number @param {UntrackReason | null} why */
  #untracked(number, why) {
    this.#levels.delete(number);
    const track = this.tracks.find((one) => one.track === number);
    if (track?.live && why === "lost") this.lost.add(track.member);
    this.#tracksChanged();
  }

  #tracksChanged() {
    this.tracks = [...this.#line?.tracks.values() ?? []];
    // A line that is lost takes its tracks along; what was on it is then remembered.
    if (this.tracks.length > 0 || this.#line?.joined) this.#busy = this.tracks.length > 0;
    this.listening.tracksChanged(this.tracks);
    this.changed();
  }

  #look() {
    const now = performance.now();
    for (const track of this.tracks) {
      if (track.kind === "voice") this.#meter.hear(track.member, this.level(track), now);
    }
    if (!this.#meter.look(now)) return;
    this.speaking = this.#meter.speaking;
    this.leader = this.#meter.leader;
    this.changed();
  }
}

/** @param {MediaTrack} track */
export function isPicture({ kind }) {
  return kind === "camera" || kind === "screen";
}
