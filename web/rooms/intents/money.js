// Amounts as people write and read them: 万元 or the unit itself, with Chinese capitals for renminbi.
// Inside they are whole minor units, so nothing is lost by a fraction.

/** @import { Amount } from "./types.d.ts" */
/** @typedef {"one" | "tenThousand"} Unit */

export const CURRENCIES = ["CNY", "HKD", "USD", "EUR", "GBP", "JPY", "SGD"];
const LARGEST = Number.MAX_SAFE_INTEGER; // minor units

/** Digits behind the point that a currency has. @param {string} currency */
function decimals(currency) {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/**
 * What was written, in minor units; `null` where it is no amount, or has more digits than there are.
 * @param {string} text @param {Unit} unit @param {string} currency
 */
export function parseAmount(text, unit, currency) {
  const match = /^(\d{1,15})(?:\.(\d{1,8}))?$/.exec(text.replaceAll(/[\s,，]/g, ""));
  if (!match) return null;
  const shift = decimals(currency) + (unit === "tenThousand" ? 4 : 0);
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  if (fraction.length > shift) return null;
  const minor = Number(match[1] + fraction.padEnd(shift, "0"));
  return minor <= LARGEST ? minor : null;
}

/** Minor units as they are written into a field. @param {number} minor @param {Unit} unit @param {string} currency */
export function writtenAmount(minor, unit, currency) {
  const shift = decimals(currency) + (unit === "tenThousand" ? 4 : 0);
  const digits = String(minor).padStart(shift + 1, "0");
  const [whole, fraction] = [digits.slice(0, digits.length - shift), digits.slice(-shift)];
  const rest = shift === 0 ? "" : fraction.replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
}

/** `100万–300万元` or `CNY 1,000,000 – 3,000,000`. @param {Amount} amount @param {string} language */
export function amountText({ currency, least, most }, language) {
  const inTenThousands = currency === "CNY" && language.startsWith("zh");
  /** @param {number} minor */
  const figure = (minor) => {
    const tenThousands = inTenThousands && minor >= 1_000_000 && minor % 10_000 === 0;
    const shift = decimals(currency) + (tenThousands ? 4 : 0);
    const format = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
    return format.format(minor / 10 ** shift) + (tenThousands ? " 万" : "");
  };
  const range = least === most ? figure(most) : `${figure(least)} – ${figure(most)}`;
  if (!inTenThousands) return `${currency} ${range}`;
  return range.endsWith("万") ? `${range}元` : `${range} 元`;
}

const DIGITS = [..."零壹贰叁肆伍陆柒捌玖"];
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "兆"];

/** Renminbi in capitals, as on cheques. @param {number} minor fen */
export function capitals(minor) {
  const yuan = Math.floor(minor / 100);
  const [jiao, fen] = [Math.floor(minor % 100 / 10), minor % 10];
  const whole = yuan === 0 ? "" : `${wholeCapitals(yuan)}元`;
  if (jiao === 0 && fen === 0) return `${whole || "零元"}整`;
  const small = jiao > 0 ? `${DIGITS[jiao]}角` : whole && "零";
  return whole + small + (fen > 0 ? `${DIGITS[fen]}分` : "整");
}

/** @param {number} yuan above 0 */
function wholeCapitals(yuan) {
  let text = "";
  let zeros = false; // Zeros wait: they are said once, and only before another digit.
  const digits = String(yuan);
  for (const [index, digit] of [...digits].entries()) {
    const place = digits.length - 1 - index;
    if (digit === "0") zeros = true;
    else {
      text += (zeros && text ? "零" : "") + DIGITS[Number(digit)] + PLACES[place % 4];
      zeros = false;
    }
    const group = digits.slice(0, index + 1).slice(-4);
    if (place % 4 === 0 && /[1-9]/.test(group)) {
      text += GROUPS[place / 4];
      zeros = false;
    }
  }
  return text;
}
