// Where the room's page gets its polls from: fetched when their tab is first shown.
import { texts } from "../../app/i18n.js";
import { addStylesheet } from "../../app/stylesheet.js";

/** The panel with its texts and looks. */
export async function pollsPanel() {
  const [panel] = await Promise.all([
    import("./polls-panel.js"),
    texts.include("polls"),
    addStylesheet("/styles/polls.css"),
  ]);
  return panel.PollsPanel;
}
