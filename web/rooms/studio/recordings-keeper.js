// The room's recordings as the server tells them; asked for again while something is being made.
import { ApiError } from "../../app/api.js";
import { Observable, useObservable } from "../../app/observable.js";
import { exportRecording, getRecordings, removeRecording } from "../../app/recordings.js";
import { useEffect, useMemo } from "../../vendor/preact.js";

/** @import { Recording, RecordingList } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @typedef {{is: "loading"} | {is: "failed", error: ApiError} | ({is: "shown"} & RecordingList)} Shown */

const MAKING = 1_000; // milliseconds between looks while a file is made or a recording ends
const RUNNING = 5_000; // milliseconds between looks while it records

export class RecordingsKeeper extends Observable {
  /** @type {Shown} */
  state = { is: "loading" };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #asked = 0;
  #isOver = false;
  #room;
  #running;

  /** @param {string} room @param {() => string | null} running the recording that runs */
  constructor(room, running) {
    super();
    this.#room = room;
    this.#running = running;
  }

  async load() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const ask = this.#asked;
    try {
      const list = await getRecordings(this.#room);
      if (ask !== this.#asked || this.#isOver) return;
      this.state = { is: "shown", ...list };
      this.#lookAgain(list.recordings);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (ask !== this.#asked || this.#isOver) return;
      this.state = { is: "failed", error };
    }
    this.changed();
  }

  /** @param {string} id @throws {ApiError} */
  async export(id) {
    await exportRecording(this.#room, id);
    await this.load();
  }

  /** @param {string} id @throws {ApiError} */
  async remove(id) {
    await removeRecording(this.#room, id);
    await this.load();
  }

  stop() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** @param {Recording[]} recordings */
  #lookAgain(recordings) {
    const changes = recordings.some(({ recording, running, export: made }) =>
      made.state === "making" || running && recording !== this.#running()
    );
    const runs = recordings.some(({ running }) => running);
    if (!changes && !runs) return;
    this.#timer = setTimeout(() => this.load(), changes ? MAKING : RUNNING);
  }
}

/** @param {RoomStore} store @param {string} id of the room @returns {RecordingsKeeper} */
export function useRecordings(store, id) {
  const keeper = useMemo(
    () => new RecordingsKeeper(id, () => store.room?.recording?.id ?? null),
    [id, store],
  );
  useObservable(keeper);
  useEffect(() => {
    keeper.load();
  }, [keeper, store.recordingsChanged]);
  useEffect(() => () => keeper.stop(), [keeper]);
  return keeper;
}
