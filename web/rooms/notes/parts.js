// Where a presenter's page gets its notes from: fetched by presenters alone.
import { part } from "../../app/part.js";

const notes = () =>
  part(import("./speaker-notes.js"), { catalogues: ["notes"], styles: ["notes"] });

export const speakerNotes = async () => (await notes()).SpeakerNotes;
export const notesToPages = async () => (await notes()).NotesToPages;
