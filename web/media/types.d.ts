// The shapes of live media (the socket /ws/media); the pages have them from web/types.d.ts.

import type { Byline } from "../types.d.ts";
import type { Corrected } from "../rooms/archive/types.d.ts";

export type MediaKind = "voice" | "camera" | "screen" | "interpretation";

/** One encoded frame; times in microseconds. */
export interface MediaFrame {
  track: number;
  /** Counts the frames of a track and wraps after 2^32. */
  sequence: number;
  key: boolean;
  /** Frames before it were left out for this receiver. */
  leftOut: boolean;
  /** The publisher's own clock on the way up, the server's on the way down. */
  time: number;
  /** RFC 6464: 0 the loudest, 127 silence; 255 not known, and for video. */
  level: number;
  /** 0 not known. */
  duration: number;
  payload: Uint8Array<ArrayBuffer>;
}

/** A track of a room as the server tells it. */
export interface MediaTrack {
  track: number;
  kind: MediaKind;
  codec: "opus" | "vp8" | "avc1.42E01E";
  /** The decoder's configuration in base64. */
  description: string | null;
  width: number | null;
  height: number | null;
  language: string | null;
  member: string;
  name: string;
  organisation?: string | null;
  /** The slots that its publisher presents. */
  slots: string[];
  muted: boolean;
  byStaff: boolean;
  /** False for a recording that is played. */
  live: boolean;
}

/** Why a track is gone; `lost` with its publisher's line. */
export type UntrackReason = "ended" | "lost" | "barred" | "played";

/** What a media line tells; all are optional. */
export interface MediaListener {
  line?(line: import("../rooms/connection.js").Line): void;
  /** Anew after each reconnect: who publishes publishes again. */
  joined?(): void;
  track?(track: MediaTrack): void;
  /** `why` is null where this page's own line takes it along. */
  untrack?(track: number, why: UntrackReason | null): void;
  frame?(frame: MediaFrame): void;
  keyWanted?(track: number): void;
  videoYielded?(yielded: boolean): void;
  /** These tracks ended; `why` is an error's code. */
  barred?(tracks: number[], why: string): void;
  tooFast?(): void;
}

/** What a player did; `latency` of what it showed last, in milliseconds after the server had it. */
export interface PlayerStats {
  shown: number;
  dropped: number;
  latency: number | null;
  /** Pixels; 0 of sound. */
  width: number;
  height: number;
}

export interface PublishOptions {
  /** The id of a microphone or camera; otherwise the browser's own choice. */
  device?: string;
  /** In place of a device, as a picture that a page draws. */
  stream?: MediaStream;
  /** The best first; VP8 alone by default. */
  codecs?: ("vp8" | "avc1.42E01E")[];
  /** Pixels wished of a camera: 640x360 by default, 1280x720 at most. */
  width?: number;
  height?: number;
  /** Of an interpretation (BCP 47). */
  language?: string;
  /** The slot that is rehearsed: recorded for its presenter, shown to nobody. */
  rehearses?: string;
  muted?: boolean;
}

export interface Hand extends Byline {
  member: string;
  seq: number;
  at: number;
}

export type StageLayout = "slides" | "camera" | "side" | "gallery" | "screen";

/** A recording that plays to everybody; it runs where it has `since`, else it stands at `position`. */
export interface Playback {
  recording: string;
  member: string;
  slot: string;
  lengthMs: number;
  /** Milliseconds of the recording at `since`. */
  from?: number;
  since?: number;
  position?: number;
}

/** What was spoken, in words; times of the server. */
export interface Caption extends Byline, Corrected {
  language: string;
  from: number;
  to: number;
  seq: number;
  by: string | null;
  at: number;
  text?: string;
  removed?: true;
}

/** A recording; times in milliseconds, `lengthMs` so far while it runs. */
export interface Recording {
  recording: string;
  kind: "live" | "rehearsal" | "upload";
  slot: string | null;
  member: string | null;
  /** Whose it is, where that is known still. */
  name: string | null;
  begunAt: number;
  /** The server's time of its first frame. */
  firstAt: number | null;
  running: boolean;
  endedAt: number | null;
  lengthMs: number;
  bytes: number;
  /** Its presenter handed it over to be played. */
  offered: boolean;
  export: { state: "none" | "making" | "ready" | "failed"; percent?: number; bytes?: number };
}

export interface RecordingList {
  recordings: Recording[];
  /** Told to staff alone. */
  usedBytes?: number;
  leftBytes?: number;
}

// What browsers have and the compiler's libraries do not know.
declare global {
  /** The audio thread's global scope. */
  class AudioWorkletProcessor {
    readonly port: MessagePort;
    constructor();
  }
  function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;
  const sampleRate: number;
  /** Chromium, and in workers others. */
  class MediaStreamTrackProcessor {
    readonly readable: ReadableStream<VideoFrame>;
    constructor(options: { track: MediaStreamTrack; maxBufferSize?: number });
  }
}
