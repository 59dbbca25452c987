// Polls as the protocol tells them.

export type PollKind = "single" | "multiple" | "rating" | "yes_no";

/** Options are numbered from 1; `labels` are those of the kinds that are given some. */
export interface Poll {
  id: string;
  seq: number;
  by: string | null;
  at: number;
  kind: PollKind;
  options: number;
  slot: string | null;
  results: "live" | "closed";
  registered: boolean;
  changeable: boolean;
  state: "open" | "closed" | "cancelled";
  closedAt: number | null;
  /** How many members voted. */
  voters: number;
  /** Votes by option, where the reader may know them. */
  counts?: number[];
  question?: string;
  labels?: string[];
  removed?: boolean;
}

/** Numbers of options that were chosen. */
export interface Ballot {
  poll: string;
  choices: number[];
}
