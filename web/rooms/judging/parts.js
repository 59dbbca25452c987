// Where a room's page gets judging from: fetched when there is some, or to arrange it.
import { part } from "../../app/part.js";

const BESIDE = { catalogues: ["desk", "judging"], styles: ["judging", "papers"] };

export const judgingPanel = async () => (await part(import("./panel.js"), BESIDE)).JudgingPanel;
export const stageScore = async () => (await part(import("./stage-score.js"), BESIDE)).StageScore;
