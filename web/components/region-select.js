// A place by its code (GB/T 2260): province, then city, then county, as far as one likes.
import { h, useEffect, useState } from "../vendor/preact.js";
import { regions } from "../app/regions.js";
import { t } from "../app/i18n.js";
import { nameOf } from "../app/names.js";

/** @import { Region } from "../app/regions.js" */

/**
 * @param {object} props
 * @param {string} props.value six digits, or nothing
 * @param {(code: string) => void} props.choose
 * @param {string} props.label
 * @param {number} [props.depth] 1 for provinces alone, 3 for all
 * @param {boolean} [props.isFilter] whether nothing stands for all
 */
export function RegionSelect({ value, choose, label, depth = 3, isFilter = false }) {
  const [all, setAll] = useState(/** @type {Region[] | null} */ (null));
  useEffect(() => {
    // Without the table a place cannot be chosen; everything else of a form can.
    regions().then(setAll, () => setAll([]));
  }, []);
  if (all === null || all.length === 0) {
    return h("p", { class: "quiet" }, t(all === null ? "common.loading" : "region.failed"));
  }
  const province = value && value.slice(0, 2) + "0000";
  const city = value && cityOf(all, value);
  const levels = [
    { chosen: province, above: "", options: all.filter(({ code }) => code.endsWith("0000")) },
    { chosen: city, above: province, options: province ? below(all, province, 1) : [] },
    {
      chosen: value && value !== city && value !== province ? value : "",
      above: city || province,
      options: city ? below(all, city, 2) : [],
    },
  ].slice(0, depth).filter(({ options }, place) => place === 0 || options.length > 0);
  return h(
    "fieldset",
    { class: "field regions" },
    h("legend", null, label),
    levels.map(({ chosen, above, options }, place) =>
      h(
        "select",
        {
          key: place,
          value: chosen,
          "aria-label": `${label}: ${t(`region.level.${place}`)}`,
          onChange: (/** @type {any} */ event) => choose(event.target.value || above),
        },
        h("option", { value: "" }, t(isFilter ? `region.any.${place}` : "region.none")),
        options.map((one) => h("option", { key: one.code, value: one.code }, nameOf(one))),
      )
    ),
  );
}

/** `江苏省 苏州市` for 320500; the code itself where the table is not there. */
/** @param {{code: string}} props */
export function RegionName({ code }) {
  const [all, setAll] = useState(/** @type {Region[]} */ ([]));
  useEffect(() => {
    regions().then(setAll, () => {});
  }, []);
  const codes = [code.slice(0, 2) + "0000", code.slice(0, 4) + "00", code];
  const names = [...new Set(codes)].map((one) => all.find((region) => region.code === one))
    .filter((one) => one !== undefined).map(nameOf);
  return h("span", null, names.join(" ") || code);
}

/** Counties that stand right below a province have no city between. @param {Region[]} all @param {string} code */
function cityOf(all, code) {
  if (code.endsWith("0000")) return "";
  const city = code.slice(0, 4) + "00";
  return all.some((one) => one.code === city) ? city : code;
}

/**
 * What is in a province: its cities, and its counties without a city; what is in a city.
 * @param {Region[]} all @param {string} code @param {1 | 2} level
 */
function below(all, code, level) {
  const start = code.slice(0, 2 * level);
  return all.filter((one) => {
    if (!one.code.startsWith(start) || one.code === code || one.code.endsWith("0000")) return false;
    if (level === 2) return code.endsWith("00");
    return one.code.endsWith("00") || !all.some(({ code }) => code === one.code.slice(0, 4) + "00");
  });
}
