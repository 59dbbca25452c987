// One room as this page knows it: fed by events, told to whoever listens, never deciding anything.
import { apply, OF_INTENTS, poll } from "./apply.js";
import { earlierChat } from "./channels/parts.js";
import { commandPrefix, CommandQueue } from "./command-queue.js";
import { Connection } from "./connection.js";
import { merge } from "./merge.js";
import { Heard } from "./reactions/heard.js";
import { applyToMe, applyToMine, VISITOR } from "./personal.js";
import { FIRST_SYNCS, SILENCE, SYNC_EVERY, SYNC_PAUSE, TimeSync } from "./time-sync.js";
import { TrustKeeper } from "./trust-keeper.js";
import { ApiError } from "../app/api.js";
import { me } from "../app/me.js";
import { Observable } from "../app/observable.js";

/** @import { Fields, Merged, Outgoing, Room, RoomEvent, Situation, Trust, WireError, You } from "../types.d.ts" */
/** @import { Line } from "./connection.js" */
/** @typedef {(error: WireError, type: string, data: Fields) => void} Refused */

export class RoomStore extends Observable {
  /** @type {Situation} */
  situation = { is: "loading" };
  room = /** @type {Room | null} */ (null);
  /** @type {You} */
  you = VISITOR;
  here = 0;
  /** How many wait for staff; only staff and those who wait are told. */
  waiting = 0;
  /** Grows with everything that changes the people panel. */
  peopleChanged = 0;
  /** Grows with everything that changes the list of recordings. */
  recordingsChanged = 0;
  /** How many members have an intent, by slot. @type {Record<string, number>} */
  interest = {};
  /** What was told of intents since the join, for the panel that shows it. @type {Merged[]} */
  ofIntents = [];
  /** What ended the last recording that ended while this page was open: moderator, room or disk. */
  recordingEnd = /** @type {string | null} */ (null);
  trust = /** @type {Trust} */ ({ is: "none" });
  /** @type {Outgoing[]} */
  outgoing = [];
  /** What is being written, by field: it outlives the field, which another tab takes away. */
  drafts = /** @type {Record<string, string>} */ ({});
  /** Whom a draft calls by name. @type {Record<string, {member: string, name: string}[]>} */
  called = {};
  /** Whether earlier chat is being loaded. */
  loadingEarlier = false;
  sync = new TimeSync();
  reactions = new Heard();
  pointer = new Heard();

  #cursor = { class: 0, own: 0 };
  #joined = false;
  /** Staff sent this person out: it comes back when it asks to. */
  #sentOut = false;
  /** Refused commands go to the page's notices. @type {Refused} */
  #refused = () => {};
  #queue = new CommandQueue(commandPrefix());
  /** @type {Map<string, {done: (ok: Fields) => void, failed: (error: WireError) => void}>} */
  #answers = new Map();
  #probes = 0;
  /** @type {Map<string, number>} local send times of time.sync */
  #syncs = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #syncTimer;
  id;
  #connection;
  #trust;

  /** @param {string} room 32 hex digits @param {string} host of the WebSocket, with its scheme */
  constructor(room, host) {
    super();
    this.id = room;
    this.#connection = new Connection(`${host}/ws`, (text) => this.#hear(text), (line) => {
      this.#lineChanged(line);
    });
    this.#trust = new TrustKeeper(room, (trust) => {
      this.trust = trust;
      this.changed();
    });
  }

  /** @param {Refused} refused */
  start(refused) {
    this.#refused = refused;
    this.#connection.start();
    addEventListener("beforeunload", this.#hold);
  }

  stop() {
    clearTimeout(this.#syncTimer);
    removeEventListener("beforeunload", this.#hold);
    this.#connection.stop();
  }

  /** The server's time now in milliseconds. */
  now() {
    return this.sync.offset === null ? Date.now() : performance.now() + this.sync.offset;
  }

  /** @param {import("../types.d.ts").Role} role */
  is(role) {
    return this.you.roles.includes(role);
  }

  /** After signing in or out: another socket, and the room anew, as roles may differ. */
  signedIn() {
    this.#cursor = { class: 0, own: 0 };
    this.#joined = false;
    this.#sentOut = false;
    this.#connection.renew();
  }

  /** After staff sent this person out: it knocks again. */
  knock() {
    this.#sentOut = false;
    this.#rejoin();
  }

  /**
   * Sends a command and sends it again after each reconnect until it is answered.
   * @param {string} type @param {Fields} data
   * @returns {Promise<Fields>} the answer; a refusal throws its `WireError`
   */
  send(type, data = {}) {
    return this.#send(type, data).answer.catch((error) => {
      this.#refused(error, type, data);
      throw error;
    });
  }

  /** The same where nobody waits for the answer: a refusal shows as a notice. */
  /** @param {string} type @param {Fields} data */
  order(type, data = {}) {
    this.send(type, data).catch(() => {}); // The notice has been given.
  }

  /** A written text: shown as sending, kept with its reason when refused. @param {string} type @param {Fields} data */
  write(type, data) {
    const { id, answer } = this.#send(type, data);
    this.outgoing = [...this.outgoing, { id, type, data, failed: null }];
    answer.then(() => this.#forget(id), (failed) => {
      this.outgoing = this.outgoing.map((one) => one.id === id ? { ...one, failed } : one);
      this.#refused(failed, type, data);
      this.changed();
    });
    this.changed();
  }

  /** @param {Outgoing} text */
  writeAgain(text) {
    this.#forget(text.id);
    this.write(text.type, text.data);
  }

  /** @param {string} id */
  #forget(id) {
    this.outgoing = this.outgoing.filter((one) => one.id !== id);
    this.changed();
  }

  /** @param {Outgoing} text */
  discard(text) {
    this.#forget(text.id);
  }

  /** Loads a channel's chat from before the oldest message shown. @param {string} channel */
  async loadEarlier(channel) {
    if (!this.room || this.loadingEarlier) return;
    this.loadingEarlier = true;
    this.changed();
    try {
      const { withEarlier } = await earlierChat();
      await withEarlier(this, channel);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#refused(error, "events", {});
    } finally {
      this.loadingEarlier = false;
      this.changed();
    }
  }

  /** @param {string} type @param {Fields} data */
  #send(type, data) {
    const command = this.#queue.add(type, this.id, data);
    if (!command) {
      const failed = { code: "client.queue_full", action: /** @type {const} */ ("wait") };
      return { id: `unsent-${++this.#probes}`, answer: Promise.reject(failed) };
    }
    /** @type {Promise<Fields>} */
    const answer = new Promise((done, failed) => {
      this.#answers.set(command.id, { done, failed });
    });
    if (this.#joined) this.#connection.send(command);
    return { id: command.id, answer };
  }

  /** @param {Line} line */
  #lineChanged(line) {
    if (line.is === "open") {
      this.#join();
      this.sync.reset();
      this.#measure(FIRST_SYNCS);
      return;
    }
    this.#joined = false;
    clearTimeout(this.#syncTimer);
    if (line.is === "waiting") {
      const { attempt, at } = line;
      this.situation = line.restart ? { is: "drained", at } : { is: "reconnecting", attempt, at };
    } else if (line.is === "ended") {
      this.situation = line.why === "signed_out"
        ? { is: "signed_out" }
        : { is: "failed", code: "client.closed_by_server" };
    }
    this.changed();
  }

  #join() {
    if (this.#sentOut) {
      this.situation = { is: "online" };
      return;
    }
    /** @type {Fields} */
    const data = {};
    if (this.room && this.#cursor.class > 0) {
      data.since = this.#cursor.class;
      if (this.#cursor.own > 0) data.own = this.#cursor.own;
    }
    const checkpoint = this.#trust.note;
    if (checkpoint) data.checkpoint = checkpoint;
    this.#joined = false;
    this.#connection.send({ id: `join-${++this.#probes}`, type: "room.join", room: this.id, data });
  }

  /** @param {number} left exchanges in quick succession */
  #measure(left) {
    const id = `sync-${++this.#probes}`;
    this.#syncs.clear();
    this.#syncs.set(id, performance.now());
    this.#connection.send({ id, type: "time.sync", data: {} });
    clearTimeout(this.#syncTimer);
    this.#syncTimer = setTimeout(() => {
      if (this.#syncs.has(id)) this.#syncTimer = setTimeout(() => this.#silent(id), SILENCE);
      else this.#measure(Math.max(0, left - 1));
    }, left > 0 ? SYNC_PAUSE : SYNC_EVERY);
  }

  /** @param {string} id of a time.sync without an answer */
  #silent(id) {
    if (!this.#syncs.has(id)) {
      this.#measure(0);
      return;
    }
    this.situation = { is: "reconnecting", attempt: 1, at: Date.now() };
    this.#connection.renew();
  }

  /** @param {string} text */
  #hear(text) {
    const received = performance.now();
    const parsed = JSON.parse(text);
    for (const message of Array.isArray(parsed) ? parsed : [parsed]) {
      if ("re" in message) this.#answered(message, received);
      else if ("signal" in message) this.#signalled(message);
      else if ("seq" in message) this.#happened(message);
    }
    // What is told in passing comes often, and whoever shows it listens by itself.
    if (parsed.signal !== "reactions" && parsed.signal !== "pointer") this.changed();
  }

  /** @param {Fields} answer @param {number} received */
  #answered(answer, received) {
    const { re, ok, error } = answer;
    const sent = this.#syncs.get(re);
    if (sent !== undefined) {
      this.#syncs.delete(re);
      if (ok) this.sync.add({ sent, received, server: ok.now });
    } else if (String(re).startsWith("join-")) {
      if (ok) this.#entered(ok);
      else this.#barred(error);
    } else {
      this.#queue.settle(re);
      const waiting = this.#answers.get(re);
      this.#answers.delete(re);
      if (ok) waiting?.done(ok);
      else waiting?.failed(error);
    }
  }

  /** @param {Fields} ok the answer to room.join */
  #entered(ok) {
    this.you = { ...VISITOR, ...ok.you };
    this.waiting = ok.you.door?.waiting ?? ok.you.waiting ?? 0;
    this.peopleChanged += 1;
    if (ok.snapshot) this.room = ok.snapshot;
    else for (const event of ok.events ?? []) this.#take(event);
    [this.interest, this.ofIntents] = [ok.interest ?? {}, []]; // `you` has the rest.
    this.#cursor = { class: ok.cursor.class, own: ok.cursor.own };
    this.situation = ok.unavailable === undefined
      ? { is: "online" }
      : { is: "unavailable", reason: ok.unavailable };
    this.#joined = true;
    this.#connection.settled();
    if (ok.checkpoint) this.#trust.joined(ok.checkpoint, ok.consistency ?? null);
    for (const command of this.#queue.waiting) this.#connection.send(command);
  }

  /** @param {WireError} error */
  #barred(error) {
    if (error.code.startsWith("checkpoint.")) {
      if (error.code === "checkpoint.ahead") this.#trust.denied("shrunk");
      else if (error.code === "checkpoint.not_ours") this.#trust.denied("key");
      else this.#trust.forget();
      this.#join();
    } else if (error.action === "wait") {
      setTimeout(() => this.#join(), error.data?.retryMs ?? 2_000);
      this.situation = { is: "unavailable", reason: error.code };
    } else if (error.code === "room.not_found") this.situation = { is: "missing" };
    else if (error.action === "sign_in") this.situation = { is: "denied", code: error.code };
    else this.situation = { is: "failed", code: error.code };
  }

  /** @param {Fields} message */
  #signalled({ signal, room, data }) {
    if (signal === "drain") this.#connection.expectRestart();
    if (room !== this.id) return;
    if (signal === "presence") {
      this.here = data.here;
      this.peopleChanged += 1;
    } else if (signal === "queue") this.#queued(data);
    else if (signal === "interest") this.interest = data.interest;
    else if (signal === "checkpoint") this.#trust.came(data.note);
    else if (signal === "poll.tally") this.#tallied(data);
    else if (signal === "reactions") this.reactions.take(data);
    else if (signal === "pointer") this.pointer.take(data);
    else if (signal === "unavailable") this.situation = { is: "unavailable", reason: data.reason };
    else if (signal === "available") this.#available();
    else if (signal === "restart") this.#rejoin();
  }

  /** @param {Fields} data */
  #tallied({ poll: id, voters, counts }) {
    if (this.room) this.room = { ...this.room, ...poll(this.room, id, { voters, counts }) };
  }

  /** Whoever came while nothing could be kept was let in as a visitor, and is admitted now. */
  #available() {
    this.situation = { is: "online" };
    if (this.you.member === null && me.person !== null) this.#rejoin();
  }

  /** @param {Fields} data */
  #queued({ place, waiting }) {
    this.waiting = waiting;
    this.peopleChanged += 1;
    const { door } = this.you;
    if (door && place !== undefined) this.you = { ...this.you, door: { ...door, place, waiting } };
  }

  /** Joins without what is known: another role sees other things. */
  #rejoin() {
    this.#cursor = { class: 0, own: 0 };
    this.#join();
  }

  /** @param {RoomEvent} event */
  #happened(event) {
    if (event.room !== this.id || !this.#joined) return;
    const chain = event.to === undefined ? "class" : "own";
    if (event.seq <= this.#cursor[chain]) return; // Came twice.
    if (event.prev !== this.#cursor[chain]) {
      this.#join(); // A gap: what is missing comes with the answer.
      return;
    }
    this.#take(event);
    this.#cursor[chain] = event.seq;
  }

  /** @param {RoomEvent} event */
  #take(event) {
    const merged = merge(event);
    if (merged.type.startsWith("recording.")) this.recordingsChanged += 1;
    if (OF_INTENTS.test(merged.type)) this.ofIntents = [...this.ofIntents, merged];
    if (merged.type === "recording.stopped") this.recordingEnd = merged.data.cause;
    if (event.to !== undefined) {
      this.you = applyToMe(this.you, merged);
      this.#sentOut = ["removed", "banned"].includes(this.you.door?.state ?? "");
      return;
    }
    if (/^(member|terms)\./.test(merged.type)) this.peopleChanged += 1;
    this.you = applyToMine(this.you, merged);
    if (this.room) this.room = apply(this.room, merged);
  }

  /** Asks before leaving while a text is still on its way. @param {BeforeUnloadEvent} event */
  #hold = (event) => {
    if (this.outgoing.some(({ failed }) => failed === null)) event.preventDefault();
  };
}
