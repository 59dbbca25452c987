// What only some people of a room see: fetched by those, with its texts.
import { texts } from "../../app/i18n.js";

/** @template T @param {Promise<T>} module @returns {Promise<T>} */
async function withTexts(module) {
  const [part] = await Promise.all([module, texts.include("desk")]);
  return part;
}

export const doorPage = async () => (await withTexts(import("../door/door-page.js"))).DoorPage;
export const people = async () => (await withTexts(import("./people.js"))).People;
export const runOfShow = async () => (await withTexts(import("./run-of-show.js"))).RunOfShow;
export const presenterDesk = async () =>
  (await withTexts(import("./presenter-desk.js"))).PresenterDesk;
export const sharePanel = async () => (await withTexts(import("./share-panel.js"))).SharePanel;
export const aboutMatter = async () =>
  (await withTexts(import("../matter/about-matter.js"))).AboutMatter;

/** With their texts. */
export async function questionTools() {
  const [tools] = await Promise.all([
    import("../questions/tools.js"),
    texts.include("questions"),
  ]);
  return tools.QuestionTools;
}
