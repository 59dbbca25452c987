// Proves that the programme of an event falls into days, each in order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { byDay } from "../events/days.js";

/** @param {number} date @param {number} hour @param {string} name */
const hall = (date, hour, name) => ({ startsAt: new Date(2026, 10, date, hour).getTime(), name });

test("halls fall into days in order, those of a day as they were given", () => {
  const days = byDay([hall(28, 9, "c"), hall(27, 14, "b"), hall(27, 9, "a"), hall(28, 0, "d")]);
  assert.deepEqual(days.map(({ halls }) => halls.map(({ name }) => name)), [["b", "a"], [
    "c",
    "d",
  ]]);
  assert.equal(days[0].at, hall(27, 9, "").startsAt);
});

test("midnight belongs to the day that it begins", () => {
  const late = hall(27, 23, "late");
  const days = byDay([late, { ...hall(28, 0, "next"), startsAt: late.startsAt + 3_600_000 }]);
  assert.equal(days.length, 2);
  assert.deepEqual(byDay([]), []);
});
