// Events (活动): rooms under one page and one programme.
import type { RoomSummary } from "../types.d.ts";

/** What its organiser says of an event. */
export interface EventProfile {
  event: string;
  title: string;
  introduction: string | null;
  venue: string | null;
  language: string;
}

/** An event in a list; `from` and `until` are the first and the last start, null without rooms. */
export interface EventSummary extends EventProfile {
  mine: boolean;
  rooms: number;
  live: number;
  group: "live" | "coming" | "past";
  from: number | null;
  until: number | null;
}

/** A line of a hall's programme; behind a closed door without time and state. */
export interface ProgrammeSlot {
  id: string;
  title: string;
  presenters: string | null;
  organisation: string | null;
  minutes: number;
  startsAt: number | null;
  state: string | null;
  onStage?: boolean;
}

/** A room in its place of the programme. */
export interface Hall extends RoomSummary {
  hall: string | null;
  endsAt: number;
  closed: boolean;
  programme: ProgrammeSlot[];
}

/** An event on its page; `candidates` for its organiser alone. */
export interface EventShown extends EventProfile {
  mine: boolean;
  rooms: Hall[];
  candidates?: { room: string; title: string; startsAt: number }[];
}
