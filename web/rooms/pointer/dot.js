// The dot where a presenter points, over the slide as it is drawn here; gone a moment after it rests.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { pictureBox } from "./box.js";

/** @import { Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const RESTS = 3_000; // milliseconds

/** @param {{store: RoomStore, slot: Slot, page: number}} props */
export function Dot({ store, slot, page }) {
  const [at, setAt] = useState(/** @type {{left: number, top: number} | null} */ (null));
  const layer = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const show = () => {
      const { slot: of, page: on, x, y } = store.pointer.shown;
      clearTimeout(timer);
      const box = of === slot.id && on === page ? pictureBox(layer.current) : null;
      const here = layer.current?.getBoundingClientRect();
      if (!box || !here) return setAt(null);
      setAt({
        left: box.left - here.left + box.width * x / 10_000,
        top: box.top - here.top + box.height * y / 10_000,
      });
      timer = setTimeout(() => setAt(null), RESTS);
    };
    setAt(null);
    // What fetched this is to be seen too.
    if (store.pointer.shown.slot) show();
    const end = store.pointer.listen(show);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [store, slot.id, page]);
  return h(
    "div",
    { class: "pointer-layer", ref: layer, "aria-hidden": "true" },
    at && h("span", { class: "pointer-dot", style: { left: `${at.left}px`, top: `${at.top}px` } }),
  );
}
