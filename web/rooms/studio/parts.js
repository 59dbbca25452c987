// Where the pages get the desks for live media from: fetched only by those who have one.
import { part } from "../../app/part.js";

/** The desks with their texts and looks. */
const studio = () =>
  part(import("./studio.js"), { catalogues: ["desk", "studio"], styles: ["studio"] });

export const mediaColumn = async () => (await studio()).MediaColumn;
export const lineLost = async () => (await studio()).LineLost;
export const personCommands = async () => (await studio()).PersonCommands;
export const presenterStudio = async () => (await studio()).PresenterStudio;
export const captionsDesk = async () => (await studio()).CaptionsDesk;
