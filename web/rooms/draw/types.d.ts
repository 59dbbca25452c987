/** A draw of the order of slots, with what everybody may know of it by now. */
export interface Draw {
  /** The number of the event that began it. */
  id: string;
  /** The how many-th draw of the room. */
  number: number;
  phase: "committing" | "revealing" | "finished" | "failed";
  /** What is put in order. */
  slots: string[];
  /** SHA-256 of the server's seed. */
  commitment: string;
  contributions: Contribution[];
  seed: string | null;
  order?: string[];
  cause?: "moderator" | "room" | "seed";
}

export interface Contribution {
  slot: string;
  by: string | null;
  commitment: string;
  contribution: string | null;
}
