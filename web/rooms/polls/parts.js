// Where the room's page gets its polls from: fetched when their tab is first shown.
import { part } from "../../app/part.js";

/** The panel with its texts and looks. */
export const pollsPanel = async () =>
  (await part(import("./polls-panel.js"), { catalogues: ["polls"], styles: ["polls"] })).PollsPanel;
