// Where the pages get the desks for live media from: fetched only by those who have one.
import { texts } from "../../app/i18n.js";
import { addStylesheet } from "../../app/stylesheet.js";

/** The desks with their texts and looks. */
async function studio() {
  const [desks] = await Promise.all([
    import("./studio.js"),
    texts.include("desk"),
    texts.include("studio"),
    addStylesheet("/styles/studio.css"),
  ]);
  return desks;
}

export const mediaColumn = async () => (await studio()).MediaColumn;
export const lineLost = async () => (await studio()).LineLost;
export const personCommands = async () => (await studio()).PersonCommands;
export const presenterStudio = async () => (await studio()).PresenterStudio;
export const captionsDesk = async () => (await studio()).CaptionsDesk;
