/** What a text said before it was corrected, and the event that says how it should read. */
export interface Corrected {
  original?: string;
  corrected?: number;
}

/** Where a room stands in its life. */
export type RoomState =
  | "scheduled"
  | "open"
  | "live"
  | "paused"
  | "follow_up"
  | "closed"
  | "archived"
  | "cancelled";
