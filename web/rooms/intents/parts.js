// Where the room gets its intents from: fetched when their tab is first opened.
import { part } from "../../app/part.js";

/** The panel with its texts and looks. */
export const intents = async () =>
  (await part(import("./intents-panel.js"), { catalogues: ["intents"], styles: ["intents"] }))
    .IntentsPanel;
