// Where a room's page gets judging from: fetched when there is some, or to arrange it.
import { texts } from "../../app/i18n.js";
import { addStylesheet } from "../../app/stylesheet.js";

/** @template T @param {Promise<T>} module @returns {Promise<T>} with its texts and looks */
async function withLooks(module) {
  const [part] = await Promise.all([
    module,
    texts.include("desk"),
    texts.include("judging"),
    addStylesheet("/styles/judging.css"),
    addStylesheet("/styles/papers.css"),
  ]);
  return part;
}

export const judgingPanel = async () => (await withLooks(import("./panel.js"))).JudgingPanel;
export const stageScore = async () => (await withLooks(import("./stage-score.js"))).StageScore;
