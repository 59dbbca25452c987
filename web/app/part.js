// A part that few people need, fetched when it is: its module with its texts and looks.
import { texts } from "./i18n.js";
import { addStylesheet } from "./stylesheet.js";

/**
 * @template T
 * @param {Promise<T>} module
 * @param {object} beside
 * @param {string[]} [beside.catalogues] of texts, as `texts.include` names them
 * @param {string[]} [beside.styles] names below /styles, without their ending
 * @returns {Promise<T>} once all of it is there
 */
export async function part(module, { catalogues = [], styles = [] }) {
  const [found] = await Promise.all([
    module,
    ...catalogues.map((name) => texts.include(name)),
    ...styles.map((name) => addStylesheet(`/styles/${name}.css`)),
  ]);
  return found;
}
