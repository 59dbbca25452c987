// One take of a rehearsal: microphone and camera go to the server, which keeps them for their presenter.
import { socketHost } from "../../app/address.js";
import { Observable } from "../../app/observable.js";

/**
 * @import { MediaKind } from "../../types.d.ts"
 * @import { MediaLine } from "../../media/line.js"
 * @import { Publication } from "../../media/publication.js"
 * @import { Publisher } from "../../media/publisher.js"
 * @typedef {{is: "ready"} | {is: "starting"} | {is: "running", since: number}
 *   | {is: "over", why: string | null}} TakeState `since` in milliseconds of performance.now()
 */

/** The media engine comes when somebody wants to rehearse. */
async function engine() {
  const [{ MediaLine }, { Publisher }] = await Promise.all([
    import("../../media/line.js"),
    import("../../media/publisher.js"),
  ]);
  return { MediaLine, Publisher };
}

export class RehearsalTake extends Observable {
  /** @type {TakeState} */
  state = { is: "ready" };
  /** Why the camera is missing, where the microphone goes on without it. @type {string | null} */
  cameraMissing = null;
  /** @type {MediaLine | null} */
  #line = null;
  /** @type {Publisher | null} */
  #publisher = null;
  /** Grows with each start and stop: what an earlier one still waits for is thrown away. */
  #turn = 0;
  #room;
  #slot;

  /** @param {string} room @param {string} slot */
  constructor(room, slot) {
    super();
    this.#room = room;
    this.#slot = slot;
  }

  /** @param {boolean} camera */
  async start(camera) {
    const turn = ++this.#turn;
    this.cameraMissing = null;
    this.#set({ is: "starting" });
    try {
      const { MediaLine, Publisher } = await engine();
      if (turn !== this.#turn) return;
      this.#line = new MediaLine(this.#room, socketHost());
      this.#line.wantVideo(false); // Nothing is watched on this line.
      this.#publisher = new Publisher(this.#line);
      this.#publisher.listen(() => this.#heard());
      this.#line.listen({ line: () => this.changed(), joined: () => this.changed() });
      this.#line.start();
      await this.#publish("voice");
      if (camera && turn === this.#turn) await this.#addCamera();
      if (turn === this.#turn) this.#heard();
    } catch (error) {
      if (turn === this.#turn) this.#end(codeOf(error));
    }
  }

  stop() {
    if (this.state.is === "starting" || this.state.is === "running") this.#end(null);
  }

  /** The camera's picture for one's own view. */
  get stream() {
    return this.#of("camera")?.stream ?? null;
  }

  /** The line is lost for now: nothing arrives until it is back. */
  get interrupted() {
    return this.state.is === "running" && this.#of("voice")?.state.is === "waiting";
  }

  /** The loudness of one's own voice, 0 to 1. */
  get loudness() {
    return Math.max(0, 1 - (this.#of("voice")?.level ?? 127) / 70);
  }

  /** @param {MediaKind} kind */
  #publish(kind) {
    return this.#publisher?.publish(kind, { rehearses: this.#slot });
  }

  async #addCamera() {
    try {
      await this.#publish("camera");
    } catch (error) {
      this.cameraMissing = codeOf(error);
    }
  }

  /** @param {MediaKind} kind @returns {Publication | undefined} */
  #of(kind) {
    return this.#publisher?.publications.get(kind);
  }

  #heard() {
    const voice = this.#of("voice")?.state;
    const camera = this.#of("camera")?.state;
    if (camera?.is === "ended") this.cameraMissing = camera.why;
    if (voice?.is === "ended") return this.#end(voice.why);
    if (this.state.is === "starting" && voice?.is === "live") {
      this.#set({ is: "running", since: performance.now() });
    } else this.changed();
  }

  /** @param {string | null} why */
  #end(why) {
    this.#turn += 1;
    const [publisher, line] = [this.#publisher, this.#line];
    [this.#publisher, this.#line] = [null, null];
    this.#set({ is: "over", why });
    publisher?.stop();
    line?.stop();
  }

  /** @param {TakeState} state */
  #set(state) {
    this.state = state;
    this.changed();
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? String(error.code) : "media.failed";
}
