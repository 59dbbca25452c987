// What judging adds to a room; names are those of the wire protocol (docs/protocol.md, Judging).

export interface Criterion {
  /** Per cent. */
  weight: number;
  name: string;
  anchors?: string;
}

export interface Panel {
  /** Per cent. */
  weight: number;
  name: string;
}

export interface SlotGroup {
  slots: string[];
  scored: boolean;
  advancing: number;
  name: string;
  prizes: string[];
}

/** How slots are judged. */
export interface JudgingScheme {
  criteria: Criterion[];
  panels: Panel[];
  aggregation: "mean" | "trimmed";
  publication: "each_slot" | "after" | "end";
  after?: number;
  detail: "totals" | "criteria" | "judges";
  /** Criteria by number from 1. */
  ties: number[];
  groups: SlotGroup[];
}

/** Figures in hundredths; `total` is null where nobody gave a sheet. */
export interface SlotScore {
  slot: string;
  total: number | null;
  criteria: number[];
  sheets: number;
  trimmed: number;
  recused: number;
}

/** One judge's sheet, told when scores are; `total` in hundredths. */
export interface OpenedSheet {
  slot: string;
  member: string;
  panel: number;
  marks: number[];
  total: number;
  trimmed: boolean;
  all: boolean;
  name?: string;
  organisation?: string;
  badge?: string;
  organisationId?: string;
  comment?: string;
}

export interface SlotJudge {
  slot: string;
  member: string;
}

/** A scheme and what was told by it; the last three for staff alone. */
export interface Judging extends JudgingScheme {
  scores: SlotScore[];
  ranks: { slot: string; rank: number }[];
  sheets: OpenedSheet[];
  seats?: { member: string; panel: number }[];
  recusals?: SlotJudge[];
  given?: SlotJudge[];
}

/** A judge's own sheet. */
export interface OwnSheet {
  slot: string;
  panel: number;
  marks: number[];
  seq: number;
  comment?: string;
}
