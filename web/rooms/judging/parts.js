// Where a room's page gets judging from: fetched when there is some, or to arrange it.
import { texts } from "../../app/i18n.js";
import { addStylesheet } from "../../app/stylesheet.js";

export const judgingPanel = async () => {
  const [{ JudgingPanel }] = await Promise.all([
    import("./panel.js"),
    texts.include("judging"),
    addStylesheet("/styles/judging.css"),
    addStylesheet("/styles/papers.css"),
  ]);
  return JudgingPanel;
};
