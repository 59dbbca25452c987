// What a room's private channels add to its messages and to what a reader is shown.
import type { ChatMessage } from "../../types.d.ts";

/** To whom a message goes. */
export interface Addressed {
  /** The private channel that it was said in. */
  channel?: string;
  /** Members whom it calls by name. */
  mentions?: string[];
}

/** What not everybody is told: staff has all of it in the room, others what is theirs in `you`. */
export interface Confided {
  /** Messages that wait for approval. */
  held?: ChatMessage[];
  /** What was said in private channels. */
  confided?: ChatMessage[];
  /** Private channels with messages from before those. */
  confidedMore?: string[];
}
