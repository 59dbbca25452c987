// Proves that a place on the screen is one of the slide, and none beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeIn } from "../rooms/pointer/box.js";

const box = { left: 100, top: 50, width: 400, height: 200 };

for (
  const [x, y, place] of /** @type {[number, number, {x: number, y: number} | null][]} */ ([
    [100, 50, { x: 0, y: 0 }],
    [500, 250, { x: 10_000, y: 10_000 }],
    [300, 100, { x: 5_000, y: 2_500 }],
    [99, 100, null],
    [300, 251, null],
  ])
) {
  test(`${x}, ${y} is ${place ? `${place.x}, ${place.y}` : "beside it"}`, () => {
    assert.deepEqual(placeIn(box, x, y), place);
  });
}
