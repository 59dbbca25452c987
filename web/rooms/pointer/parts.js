// Where a presenter points: fetched once somebody does, or may.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { part } from "../../app/part.js";
import { Lazy } from "../../components/lazy.js";

/** @import { Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const BESIDE = { catalogues: ["pointer"], styles: ["pointer"] };
const dot = async () => (await part(import("./dot.js"), BESIDE)).Dot;
export const pointerTool = async () => (await part(import("./tool.js"), BESIDE)).PointerTool;

/** Over the slide that is shown. @param {{store: RoomStore, slot: Slot, page: number}} props */
export function PointerShown({ store, slot, page }) {
  const [used, setUsed] = useState(false);
  useEffect(() => store.pointer.listen(() => setUsed(true)), [store]);
  return used && h(Lazy, { load: dot, given: { store, slot, page }, meanwhile: null });
}
