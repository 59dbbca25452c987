// What this page sends: asked for with a tap, never by itself; what failed keeps its reason.
import { noteOnAir, wasOnAir } from "./on-air.js";
import { readPreferences, SIZES } from "./preferences.js";

/**
 * @import { MediaKind, MediaTrack, PublishOptions } from "../../types.d.ts"
 * @import { MediaLine } from "../../media/line.js"
 * @import { Publication } from "../../media/publication.js"
 * @import { Publisher } from "../../media/publisher.js"
 */

export class Sending {
  /** Why it failed or ended, by kind: an error's code. @type {Map<MediaKind, string>} */
  problems = new Map();
  /** @type {Set<MediaKind>} that are being asked for */
  asking = new Set();
  /** What was on before a reload. @type {MediaKind[]} */
  before;
  /** @type {Publisher | null} */
  #publisher = null;
  /** @type {Promise<Publisher | null> | null} */
  #loading = null;
  /** @type {MediaLine | null} */
  #line = null;
  #room;
  #changed;

  /** @param {string} room @param {() => void} changed */
  constructor(room, changed) {
    this.#room = room;
    this.#changed = changed;
    this.before = wasOnAir(room);
  }

  /** @param {MediaLine | null} line */
  use(line) {
    this.#publisher?.stop();
    this.#publisher = null;
    this.#loading = null;
    this.#line = line;
    this.problems.clear();
  }

  /** Fetches what publishing needs: a screen is only given while a tap is fresh. */
  async prepare() {
    this.#loading ??= this.#load();
    const publisher = await this.#loading;
    if (!publisher) this.#loading = null;
    return publisher;
  }

  async #load() {
    const line = this.#line;
    const loaded = await import("../../media/publisher.js").catch(() => null);
    if (!loaded || line === null || line !== this.#line) return null;
    const publisher = new loaded.Publisher(line);
    publisher.listen(() => this.#heard(publisher));
    this.#publisher = publisher;
    return publisher;
  }

  /** @param {MediaKind} kind @returns {Publication | null} what runs of it */
  of(kind) {
    const publication = this.#publisher?.publications.get(kind);
    return publication && publication.state.is !== "ended" ? publication : null;
  }

  /** @returns {Set<MediaKind>} */
  get kinds() {
    const kinds = this.#publisher?.publications.keys() ?? [];
    return new Set([...kinds].filter((kind) => this.of(kind) !== null));
  }

  /** To be called in the handler of a tap or key. */
  /** @param {MediaKind} kind @param {PublishOptions} [options] */
  async begin(kind, options = {}) {
    if (this.asking.has(kind)) return;
    this.asking.add(kind);
    this.problems.delete(kind);
    this.before = this.before.filter((one) => one !== kind);
    this.#changed();
    const publisher = this.#publisher ?? await this.prepare();
    try {
      if (!publisher) throw new Error("media.line_lost");
      await publisher.publish(kind, { ...this.#device(kind), ...options });
    } catch (error) {
      this.problems.set(kind, codeOf(error));
    } finally {
      this.asking.delete(kind);
      this.#note();
    }
  }

  /** @param {MediaKind} kind @returns {PublishOptions} as the device test left it */
  #device(kind) {
    const { microphone, camera, size } = readPreferences();
    if (kind === "screen") return {};
    if (kind === "camera") return { device: camera || undefined, ...SIZES[size] };
    return { device: microphone || undefined };
  }

  /** @param {MediaKind} kind */
  end(kind) {
    this.problems.delete(kind);
    this.#publisher?.unpublish(kind);
    this.#note();
  }

  endAll() {
    this.before = [];
    for (const kind of this.kinds) this.#publisher?.unpublish(kind);
    this.#note();
  }

  /** @param {MediaKind} kind @param {boolean} muted */
  mute(kind, muted) {
    this.#publisher?.mute(kind, muted);
  }

  /** Another device goes on in what runs. @param {"voice" | "camera"} kind @param {string} device */
  async useDevice(kind, device) {
    if (!this.of(kind) || device === "") return;
    try {
      await this.#publisher?.useDevice(kind, device);
    } catch (error) {
      this.problems.set(kind, codeOf(error));
      this.#changed();
    }
  }

  /** @param {MediaKind} kind */
  dismiss(kind) {
    this.problems.delete(kind);
    this.#changed();
  }

  /** For one's own view. @param {MediaTrack} track @returns {MediaStream | null} */
  streamOf({ kind, track }) {
    const publication = this.of(kind);
    return publication?.track === track ? publication.stream : null;
  }

  /** @param {MediaTrack} track @returns {number} RFC 6464 */
  level({ kind, track, muted, byStaff }) {
    const publication = this.of(kind);
    if (!publication || publication.track !== track || muted || byStaff) return 127;
    return publication.level;
  }

  /** @param {Publisher} publisher */
  #heard(publisher) {
    for (const [kind, { state }] of [...publisher.publications]) {
      if (state.is !== "ended") continue;
      publisher.publications.delete(kind);
      this.problems.set(kind, state.why);
      if (state.why !== "media.device_lost") this.#note();
    }
    this.#changed();
  }

  #note() {
    noteOnAir(this.#room, new Set([...this.kinds, ...this.before]));
    this.#changed();
  }
}

/** @param {unknown} error a refusal, which has the code */
function codeOf(error) {
  if (error instanceof Error && "code" in error) return String(error.code);
  return error instanceof Error && error.message.startsWith("media.")
    ? error.message
    : "media.failed";
}
