// What one can be in a room; the order of every list that shows it.
/** @import { Role } from "../types.d.ts" */

/** @type {Role[]} */
export const ROLES = [
  "audience",
  "presenter",
  "judge",
  "investor",
  "bidder",
  "expert",
  "asker",
  "captioner",
  "moderator",
  "auditor",
];
