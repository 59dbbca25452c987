// Where the room gets its intents from: fetched when their tab is first opened.
import { texts } from "../../app/i18n.js";
import { addStylesheet } from "../../app/stylesheet.js";

/** The panel with its texts and looks. */
export async function intents() {
  const [{ IntentsPanel }] = await Promise.all([
    import("./intents-panel.js"),
    texts.include("intents"),
    addStylesheet("/styles/intents.css"),
  ]);
  return IntentsPanel;
}
