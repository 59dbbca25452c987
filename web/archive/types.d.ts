/** Something said for all, and who could see it: members until then, and the most who watched. */
export interface Line {
  seq: number;
  at: number;
  type: string;
  name?: string;
  /** Absent where it was removed. */
  text?: string;
  corrected?: string;
  members: number;
  watching: number;
}

export interface Removal {
  seq: number;
  at: number;
  reason: string;
  line: Line | null;
}

export interface Record {
  lines: Line[];
  removals: Removal[];
}

export interface Consent {
  slot: string;
  title: string | null;
  /** Whether it was on stage. */
  shown: boolean;
  agree: boolean | null;
}

export interface Bundle {
  name: string;
  view: "staff" | "members" | "everyone" | "complete";
  scope: string;
  state: "none" | "making" | "failed" | "ready";
  written?: number;
  about?: number;
  cause?: string;
  bytes?: number;
  made?: number;
}

/** `GET /rooms/R/archive`. */
export interface Desk {
  state: string;
  shown: boolean;
  audience: Audience | null;
  retention: Retention | null;
  sealedAt: number | null;
  sealed: number | null;
  keptUntil: number | null;
  held: boolean;
  expired: boolean;
  consents: Consent[];
  supplements: { seq: number; at: number; name?: string; text?: string }[];
  bundles: Bundle[];
  /** For staff. */
  tasks?: string[];
  reviewed?: string[];
  sealRequestedUntil?: number | null;
}

export type Audience = "nobody" | "members" | "registered" | "public";
export type Retention = "permanent" | "30_years" | "10_years";
