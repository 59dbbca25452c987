// The ladders of the two sides of the market, as the room's rules have them.

import { t } from "../../app/i18n.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Side } from "./types.d.ts" */

/** @type {Record<Side, string[]>} lowest first; a step implies those below it */
export const LADDERS = {
  investor: ["follow", "materials", "meet", "amount", "due_diligence", "signed"],
  enterprise: ["follow", "materials", "exchange", "cooperation", "signed"],
};

/** What a step is called: to a demand one says that one can solve it. @param {string} step @param {Room["subject"]} subject */
export function stepText(step, subject) {
  const own = subject === "demand" && ["meet", "exchange", "cooperation"].includes(step);
  return t(own ? `intents.demand.${step}` : `intents.step.${step}`);
}

/** @param {Side} side @param {Room["subject"]} subject */
export function sideText(side, subject) {
  return t(subject === "demand" ? `intents.demand.${side}` : `intents.side.${side}`);
}

/** The first step of a side that an amount can stand on. @type {Record<Side, string>} */
const FIRST_WITH_AMOUNT = { investor: "amount", enterprise: "cooperation" };

export const COOPERATIONS = [
  "development",
  "transfer",
  "licence",
  "consulting",
  "service",
  "shares",
];

export const FEEDBACK = [
  "too_early",
  "market_unclear",
  "benefit_unclear",
  "team_incomplete",
  "ip_unclear",
  "price_too_high",
  "not_my_field",
  "impressive",
  "other",
];

/** What a presenter can say to a step, and what it then takes the place of. */
const ANSWERS = [
  { answer: "seen", topic: "seen", from: ["follow"] },
  { answer: "materials_sent", topic: "materials", from: ["materials"] },
  { answer: "meeting_accepted", topic: "meeting", from: ["meet", "exchange"] },
  { answer: "meeting_declined", topic: "meeting", from: ["meet", "exchange"] },
];

/** @param {string} answer */
export function topicOf(answer) {
  return ANSWERS.find((one) => one.answer === answer)?.topic ?? answer;
}

/** @param {Side} side @param {string} step */
export function placeOf(side, step) {
  return LADDERS[side].indexOf(step);
}

/** What a presenter may answer to an intent at that step. @param {Side} side @param {string} step */
export function answersTo(side, step) {
  const place = placeOf(side, step);
  return ANSWERS.filter(({ from }) =>
    from.some((asks) => {
      const least = placeOf(side, asks);
      return least >= 0 && least <= place;
    })
  );
}

/** @param {Side} side @param {string} step */
export function mayHaveAmount(side, step) {
  return placeOf(side, step) >= placeOf(side, FIRST_WITH_AMOUNT[side]);
}

/** The step that says what is done together. @param {Side} side @param {string} step */
export function needsCooperation(side, step) {
  return side === "enterprise" && mayHaveAmount(side, step);
}
