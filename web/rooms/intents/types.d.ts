// Intents and what goes with them, as docs/protocol.md (Intents) has them.

export type Side = "investor" | "enterprise";

export interface Byline {
  name?: string;
  organisation?: string;
  organisationId?: string;
  badge?: string;
}

/** In minor units of the currency. */
export interface Amount {
  currency: string;
  least: number;
  most: number;
}

export interface Answered extends Byline {
  answer: string;
  seq: number;
  at: number;
  note?: string;
}

export interface Followed extends Byline {
  party: "author" | "presenter";
  outcome: string;
  amount?: Amount;
  seq: number;
  at: number;
  note?: string;
}

export interface Intent extends Byline {
  slot: string;
  member: string;
  seq: number;
  at: number;
  side: Side;
  step: string;
  amount?: Amount;
  cooperation?: string;
  shared: boolean;
  kind?: string;
  note?: string;
  withdrawn?: { seq: number; note?: string };
  answers: Answered[];
  followUps: Followed[];
  /** Days since the end at which the reader is asked what became of it. */
  due?: number;
  /** Of one's own: who is told of it. */
  presenters?: (Byline & { member: string })[];
}

export interface Feedback extends Byline {
  slot: string;
  member: string;
  codes: string[];
  seq: number;
  at: number;
  note?: string;
}

export interface Contact {
  slot: string;
  author: string;
  presenter: string;
  offered: (Byline & { of: string; seq: number; text?: string })[];
  told: (Byline & { of: string; seq: number; text?: string; withdrawn?: boolean })[];
}

export interface Note {
  slot: string;
  seq: number;
  text: string;
}

/** All of it that the reader may see; whatever is nobody else's business is told by the server. */
export interface Book {
  intents: Intent[];
  feedback: Feedback[];
  contacts: Contact[];
  notes: Note[];
  /** What viewers of one's slots did, page by page. */
  followed: FollowedPages[];
}

/** Counts below 5 are 0. */
export interface FollowedPages {
  slot: string;
  pages: { page: number; asked: number; returned: number; left: number }[];
}

/** The same as it comes with a join. */
export interface JoinedIntents {
  intents?: Intent[];
  leads?: Intent[];
  shared?: Intent[];
  followed?: FollowedPages[];
  feedback?: Feedback[];
  contacts?: Contact[];
  notes?: Note[];
}
