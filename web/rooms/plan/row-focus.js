// Where the focus goes once rows stand anew: moving an element takes it away. It is there before the
// next key comes.
import { useLayoutEffect, useRef } from "../../vendor/preact.js";

/**
 * Rows bear their id as `data-row`, their buttons and fields what they do as `data-act`.
 * @param {{current: HTMLElement | null}} list
 * @returns {(id: number | string | null, act: string) => void} null: to the button that adds
 */
export function useRowFocus(list) {
  const next = useRef("");
  useLayoutEffect(() => {
    if (next.current === "") return;
    const found = list.current?.parentElement?.querySelector(next.current);
    next.current = "";
    if (found instanceof HTMLElement) found.focus();
  });
  return (id, act) => {
    next.current = id === null ? '[data-act="add"]' : `[data-row="${id}"] [data-act="${act}"]`;
  };
}
