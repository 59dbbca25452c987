// The shapes that the pages share; names are those of the wire protocol (docs/protocol.md).
import type { Draw } from "./rooms/draw/types.d.ts";
import type { Addressed, Confided } from "./rooms/channels/types.d.ts";
import type { Judging, OwnSheet } from "./rooms/judging/types.d.ts";
import type { Ballot, Poll } from "./rooms/polls/types.d.ts";
import type { Corrected, RoomState } from "./rooms/archive/types.d.ts";
import type { JoinedIntents } from "./rooms/intents/types.d.ts";
import type { Caption, Hand, Playback, StageLayout } from "./media/types.d.ts";

export type Language = "zh-CN" | "en";
export type Role =
  | "moderator"
  | "presenter"
  | "judge"
  | "investor"
  | "bidder"
  | "expert"
  | "asker"
  | "captioner"
  | "audience"
  | "auditor";
export type Admission = "open" | "code" | "invitation" | "registration";
export type Standing = "guest" | "registered" | "verified" | "operator";
export type Outside = "waiting" | "applied" | "declined" | "removed" | "banned";

/** How people come in; `questions` counts those of the form. */
export interface Door {
  admission: Admission;
  waiting: boolean;
  least: Standing;
  questions: number;
  /** SHA-256 of the terms of a closed matter. */
  terms?: string;
}

/** What keeps the reader outside; `place` counts from 1. */
export interface Threshold {
  state: Outside | "card" | "account" | "code" | "invitation" | "registration" | "terms";
  place?: number;
  waiting?: number;
  reason?: string;
}

/** One person of the people panel. */
export interface Attendant extends Byline {
  member: string;
  name: string;
  kind?: string;
  at: number;
  here: boolean;
  state: "in" | Outside;
  roles?: Role[];
  slots?: string[];
  muted?: boolean;
  /** Checked in at the hall. */
  onSite?: boolean;
  /** When the terms of a closed matter were signed. */
  signed?: number;
  answers?: string[];
  reason?: string;
}

/** A line of the list of disclosures; `digest` is of the file, or of the terms. */
export interface DisclosureRow {
  seq: number;
  at: number;
  member: string;
  name: string;
  organisation: string | null;
  item: "signature" | "file" | "log" | "transcript";
  slot: string | null;
  slotTitle: string | null;
  page: number | null;
  digest: string | null;
  hash: string;
}

/** A link into the room, as its makers see it; the link itself is shown once. */
export interface Invite {
  id: string;
  role: Role;
  slot: string | null;
  name: string | null;
  uses: number;
  used: number;
  expires: number;
  revoked: boolean;
}
export type { RoomState };
export type SlotState =
  | "waiting"
  | "ready"
  | "pitch"
  | "overtime"
  | "qa"
  | "scoring"
  | "done"
  | "skipped";
export type QuestionState = "open" | "answering" | "answered" | "later" | "dismissed";
export type Action = "mend" | "wait" | "sign_in" | "reload" | "give_up";

/** A page image of a slot; sizes in pixels, `file` is the SHA-256 in hex. */
export interface SlidePage {
  file: string;
  type: string;
  width: number;
  height: number;
}

/** One project's turn; times in milliseconds, `page` counts from 1. */
export interface Slot {
  id: string;
  title: string;
  abstract?: string;
  field?: string;
  presenters?: string;
  organisation?: string;
  source?: string;
  pitchMs: number;
  qaMs: number;
  state: SlotState;
  /** How often it was called and nobody came. */
  absences: number;
  page: number;
  pages: SlidePage[];
}

/** What follows where time is up and where nobody comes; milliseconds. */
export interface StageRules {
  atZero: "warn" | "move_on" | "cut";
  graceMs: number;
  noShow: "last" | "forfeit";
  outcome: "published" | "members" | "kept";
  anonymous: boolean;
  awaitMs: number;
}

/** `endsAt` while it runs, `remainingMs` while it is paused or not begun; milliseconds. */
export interface Clock {
  slot: string;
  phase: "pitch" | "overtime" | "qa";
  totalMs: number;
  endsAt: number | null;
  remainingMs: number | null;
}

/** Whose words they are; a badge says that the server vouched for the organisation at that moment. */
export interface Byline {
  name?: string;
  organisation?: string;
  badge?: string;
  organisationId?: string;
}

export interface ChatMessage extends Byline, Addressed, Corrected {
  seq: number;
  by: string | null;
  at: number;
  text?: string;
  removed?: boolean;
  /** A held message of one's own that staff declined, and why. */
  declined?: boolean;
  reason?: string;
}

export interface Question extends Byline, Corrected {
  id: string;
  seq: number;
  slot: string | null;
  by: string | null;
  at: number;
  text?: string;
  votes: number;
  state: QuestionState;
  /** The question that stands for it. */
  mergedInto?: string;
  /** Staff alone is told whose it is. */
  anonymous?: boolean;
  /** The newest in writing. */
  answer?: ChatMessage;
  removed?: boolean;
}

export interface Member extends Byline {
  member: string;
  kind?: string;
  /** The event that its card stands in. */
  card: number;
  roles: Role[];
  slots: string[];
  muted?: boolean;
  onSite?: boolean;
  signed?: number;
  at: number;
}

/** A roadshow as one audience sees it. */
export interface Room extends Confided {
  seq: number;
  kind: string;
  state: RoomState;
  title: string;
  /** What kind of roadshow it is, by its template, in the room's language. */
  genre: string | null;
  /** What its slots present. */
  subject: "project" | "demand";
  language: string;
  startsAt: number;
  endRequestedUntil: number | null;
  reopenUntil: number | null;
  stage: string | null;
  slots: Slot[];
  clock: Clock | null;
  /** A slot was called: the order stands. */
  orderFixed: boolean;
  rules: StageRules;
  /** When the slot on stage was called there. */
  calledAt: number | null;
  /** The last draw of the order. */
  draw: Draw | null;
  chat: ChatMessage[];
  chatMore: boolean;
  anonymousQuestions: boolean;
  questions: Question[];
  polls: Poll[];
  door: Door;
  form: string[];
  /** What is signed before a closed matter is shown. */
  terms?: string;
  announcement: { seq: number; at: number; text: string } | null;
  /** Seconds between two messages of one member; 0 where it is off. */
  slowMode: number;
  chatHold: boolean;
  stopped: boolean;
  members?: Member[];
  /** Raised hands, longest raised first. */
  hands: Hand[];
  /** Members who were given the floor. */
  floor: string[];
  /** Members whose microphones staff muted. */
  micMuted: string[];
  layout: StageLayout;
  /** Who is shown large, whoever speaks. */
  pinned: string | null;
  /** Who agreed to be recorded. */
  consents: string[];
  recording: { id: string; since: number } | null;
  playback: Playback | null;
  captions: Caption[];
  /** How slots are judged; null where they are not. */
  judging: Judging | null;
}

export interface You extends JoinedIntents, Confided {
  member: string | null;
  roles: Role[];
  slots: string[];
  name?: string;
  votes: string[];
  /** The questions that one asked anonymously. */
  asked?: string[];
  /** What one chose in polls. */
  ballots?: Ballot[];
  muted?: boolean;
  /** Checked in at the hall. */
  onSite?: boolean;
  /** When the terms of a closed matter were signed. */
  signed?: number;
  /** The name as it stands under them. */
  signature?: string;
  /** A judge's panel, by number from 1. */
  panel?: number;
  /** Slots that a judge stood back from. */
  recused?: string[];
  /** A judge's own sheets. */
  sheets?: OwnSheet[];
  door?: Threshold;
  /** How many wait for staff, told to staff alone. */
  waiting?: number;
}

export interface Part {
  n: number;
  body?: { type?: string; by?: string | null; data?: Fields; texts?: Fields };
}

// deno-lint-ignore no-explicit-any
export type Fields = Record<string, any>;

/** An event as delivered; personal ones carry `to`. */
export interface RoomEvent {
  room: string;
  seq: number;
  prev: number;
  at: number;
  hash: string;
  to?: string;
  parts: Part[];
}

/** An event's parts merged: values and texts in one `data`. */
export interface Merged {
  type: string;
  by: string | null;
  seq: number;
  at: number;
  data: Fields;
}

export interface WireError {
  code: string;
  message?: string;
  action?: Action;
  data?: Fields;
}

/** How the page stands to its room: exactly one of these at a time. */
export type Situation =
  | { is: "loading" }
  | { is: "online" }
  | { is: "reconnecting"; attempt: number; at: number }
  | { is: "drained"; at: number }
  | { is: "unavailable"; reason: string }
  | { is: "denied"; code: string }
  | { is: "missing" }
  | { is: "failed"; code: string }
  | { is: "signed_out" };

/** What is known about the log's truthfulness from the kept checkpoints. */
export type Trust =
  | { is: "none" }
  | { is: "unsupported" }
  | { is: "held"; size: number; at: number; signature: "valid" | "unchecked"; proven: boolean }
  | { is: "broken"; why: "origin" | "shrunk" | "proof" | "signature" | "key" | "malformed" };

/** A text or question on its way: shown as sending until it is answered. */
export interface Outgoing {
  id: string;
  type: string;
  data: Fields;
  failed: WireError | null;
}

export interface Person extends Byline {
  name: string;
  kind?: string;
  organiser?: boolean;
  operator?: boolean;
}

export interface Session {
  person: Person | null;
  /** `shown`: the id of the organisation that stands with the name, in place of typed words. */
  account: { contact: string; operator: boolean; twoStep: boolean; shown: string | null } | null;
}

export interface Site {
  name: Record<string, string>;
  version: string;
  key: string;
  publicKey?: string;
  serverName: string;
  languages: string[];
}

export interface RoomSummary {
  room: string;
  kind: string;
  title: string;
  state: RoomState;
  startsAt: number;
  language: string;
  slots: number;
  here: number;
  group: "live" | "coming" | "past";
}

/** A slot as a line that is pasted into the new-room form gives it; minutes. */
export interface SlotLine {
  title: string;
  presenters: string;
  organisation: string;
  field: string;
  abstract: string;
  pitchMinutes: number;
  qaMinutes: number;
}

// Organisations and people with pages of their own.
export type * from "./app/organisation-types.d.ts";

// Live media (the socket /ws/media).
export type * from "./media/types.d.ts";
