// All that a page sees and hears of a room: a player for each track, on one line.
import { choosePlayers } from "./choose.js";
import { Delay } from "./delay.js";
import { LEVEL_UNKNOWN } from "./frame.js";
import { FrameCache } from "./frame-cache.js";
import { LipSync } from "./lip-sync.js";
import { PicturePlayer } from "./picture-player.js";
import { SoundPlayer } from "./sound-player.js";
import { Speaker } from "./speaker.js";
import { StreamPlayer } from "./stream-player.js";

/**
 * @import { MediaFrame, MediaTrack, PlayerStats } from "../types.d.ts"
 * @import { PictureWay, SoundWay } from "./choose.js"
 * @import { MediaLine } from "./line.js"
 * @import { SoundState } from "./speaker.js"
 */

export class Viewer {
  /** How pictures and sound are played; the page makes a canvas for webcodecs, a video for mse. */
  /** @type {PictureWay} */
  picture;
  /** @type {SoundWay} */
  sound;
  #volume = 1;
  #muted = false;
  #speaker = new Speaker(() => this.#changed());
  #delay = new Delay();
  /** @type {Map<string, LipSync>} by publisher */
  #syncs = new Map();
  /** @type {Map<number, SoundPlayer | StreamPlayer>} */
  #sounds = new Map();
  /** @type {Map<number, PicturePlayer | StreamPlayer>} */
  #pictures = new Map();
  /** @type {Map<number, HTMLCanvasElement | HTMLVideoElement>} where the page wants pictures */
  #elements = new Map();
  /** @type {Map<number, FrameCache>} */
  #caches = new Map();
  /** @type {Map<number, number>} volumes that differ from what their kind has */
  #volumes = new Map();
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #line;
  #own;
  #end;

  /**
   * @param {MediaLine} line
   * @param {(track: MediaTrack) => boolean} [own] tracks of this page, which it does not play
   */
  constructor(line, own = () => false) {
    const { picture, sound } = choosePlayers();
    this.picture = picture;
    this.sound = sound;
    this.#line = line;
    this.#own = own;
    this.#end = line.listen({
      track: (track) => this.#track(track),
      untrack: (track) => this.#untrack(track),
      frame: (frame) => this.#frame(frame),
    });
    for (const track of line.tracks.values()) this.#track(track);
  }

  /** @param {() => void} listener of sound's state and of players that came or went */
  listen(listener) {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Whether sound plays, or waits for a tap. @returns {SoundState} */
  get soundState() {
    const streams = [...this.#sounds.values()].filter((one) => one instanceof StreamPlayer);
    if (streams.some(({ tapNeeded }) => tapNeeded)) return "tap";
    return streams.length > 0 ? "playing" : this.#speaker.state;
  }

  /** To be called in the handler of a tap or key. */
  unlock() {
    this.#speaker.unlock();
    for (const player of [...this.#sounds.values(), ...this.#pictures.values()]) {
      if (player instanceof StreamPlayer) player.unlock();
    }
  }

  /** Of all together; 0...1. @param {number} volume @param {boolean} muted */
  setVolume(volume, muted) {
    this.#volume = volume;
    this.#muted = muted;
    this.#speaker.set(volume, muted);
    for (const track of this.#sounds.keys()) this.#applyVolume(track);
  }

  /** Of one track; an interpretation is silent until then. @param {number} track @param {number} volume */
  setTrackVolume(track, volume) {
    this.#volumes.set(track, volume);
    this.#applyVolume(track);
  }

  /**
   * Shows a track's pictures in an element from now on, also when the line was lost and is back.
   * @param {number} track @param {HTMLCanvasElement | HTMLVideoElement} element
   */
  attach(track, element) {
    this.#elements.set(track, element);
    this.#show(track);
  }

  /** Lets the element go. @param {number} track */
  detach(track) {
    this.#hide(track);
    this.#elements.delete(track);
  }

  /** How loud a track is now (RFC 6464): 0 the loudest, 127 silence, 255 not known. */
  /** @param {number} track */
  level(track) {
    if (this.#line.tracks.get(track)?.muted) return 127;
    return this.#sounds.get(track)?.level ?? LEVEL_UNKNOWN;
  }

  /** @param {number} track @returns {PlayerStats | null} null while nothing of it plays */
  stats(track) {
    return (this.#pictures.get(track) ?? this.#sounds.get(track))?.stats ?? null;
  }

  /** The player of a track's sound, for what measures it. @param {number} track */
  soundPlayer(track) {
    return this.#sounds.get(track) ?? null;
  }

  stop() {
    this.#end();
    for (const track of [...this.#caches.keys(), ...this.#sounds.keys()]) this.#untrack(track);
    this.#elements.clear();
    this.#speaker.close();
  }

  /** @param {MediaTrack} track */
  #track(track) {
    if (this.#own(track)) return;
    if (track.codec !== "opus") {
      if (this.#caches.has(track.track)) return this.#changed();
      this.#caches.set(track.track, new FrameCache());
      this.#show(track.track);
    } else if (!this.#sounds.has(track.track)) {
      const player = this.#soundOf(track);
      if (!player) return;
      this.#sounds.set(track.track, player);
      this.#applyVolume(track.track);
    }
    this.#changed();
  }

  /** @param {number} track */
  #untrack(track) {
    this.#hide(track);
    this.#sounds.get(track)?.stop();
    this.#sounds.delete(track);
    this.#caches.delete(track);
    this.#volumes.delete(track);
    const members = new Set([...this.#line.tracks.values()].map(({ member }) => member));
    for (const member of [...this.#syncs.keys()]) {
      if (!members.has(member)) this.#syncs.delete(member);
    }
    this.#changed();
  }

  /** @param {number} track */
  #show(track) {
    this.#hide(track);
    const known = this.#line.tracks.get(track);
    const element = this.#elements.get(track);
    if (!known || !element || this.picture === "none") return;
    const player = this.#pictureOf(known, element);
    if (!player) return;
    this.#pictures.set(track, player);
    for (const frame of this.#caches.get(track)?.frames ?? []) player.push(frame);
  }

  /** @param {number} track */
  #hide(track) {
    this.#pictures.get(track)?.stop();
    this.#pictures.delete(track);
  }

  /** @param {MediaFrame} frame */
  #frame(frame) {
    const sound = this.#sounds.get(frame.track);
    if (sound) return sound.push(frame);
    const cache = this.#caches.get(frame.track);
    if (!cache) return; // One's own, or not announced.
    cache.add(frame);
    this.#pictures.get(frame.track)?.push(frame);
  }

  /** @param {MediaTrack} track */
  #soundOf(track) {
    const now = () => this.#line.now;
    switch (this.sound) {
      case "webcodecs":
      case "wasm":
        return new SoundPlayer(track, this.#speaker, this.#sync(track), this.sound, now);
      case "mse": {
        const element = document.createElement("video");
        return new StreamPlayer(track, element, this.#delay, now, () => this.#changed());
      }
      case "none":
        return null;
    }
  }

  /** @param {MediaTrack} track @param {HTMLCanvasElement | HTMLVideoElement} element */
  #pictureOf(track, element) {
    const now = () => this.#line.now;
    if (element instanceof HTMLCanvasElement) {
      const player = new PicturePlayer(track, this.#sync(track), now);
      player.attach(element);
      return player;
    }
    // The writer has no form for H.264: there the page shows slides and sound.
    if (track.codec !== "vp8") return null;
    return new StreamPlayer(track, element, this.#delay, now, () => this.#changed());
  }

  /** @param {MediaTrack} track of one publisher's tracks, which go together */
  #sync({ member }) {
    const sync = this.#syncs.get(member) ?? new LipSync();
    this.#syncs.set(member, sync);
    return sync;
  }

  /** @param {number} track */
  #applyVolume(track) {
    const player = this.#sounds.get(track);
    if (!player) return;
    const usual = this.#line.tracks.get(track)?.kind === "interpretation" ? 0 : 1;
    const volume = this.#volumes.get(track) ?? usual;
    if (player instanceof SoundPlayer) player.volume = volume;
    else player.volume = this.#muted ? 0 : volume * this.#volume;
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }
}
