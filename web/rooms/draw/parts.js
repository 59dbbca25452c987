// Where the room's page gets the order of slots and its draw from: fetched by those who need it.
import { texts } from "../../app/i18n.js";
import { addStylesheet } from "../../app/stylesheet.js";

/** @template T @param {Promise<T>} module @returns {Promise<T>} with its texts and looks */
async function withLooks(module) {
  const [part] = await Promise.all([
    module,
    texts.include("draw"),
    addStylesheet("/styles/draw.css"),
  ]);
  return part;
}

export const orderDesk = async () => (await withLooks(import("./order-desk.js"))).OrderDesk;
export const drawFacts = async () => (await withLooks(import("./draw-facts.js"))).DrawFacts;
export const contributor = async () => (await withLooks(import("./contributor.js"))).Contributor;
