// The agenda as rows to write, move and remove, with times for all and the time that it takes.
import { h, useRef, useState } from "../../vendor/preact.js";
import { t, timeOfDay } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { AgendaRowFields, rowName } from "./agenda-row.js";
import { moved, newRow, PRESETS, totals, withTimes } from "./agenda-rows.js";
import { LIMITS } from "./limits.js";
import { useRowFocus } from "./row-focus.js";

/** @import { AgendaRow, RowFault, Times } from "./agenda-rows.js" */

/**
 * @param {object} props
 * @param {AgendaRow[]} props.rows
 * @param {(rows: AgendaRow[]) => void} props.change
 * @param {Times} props.times of rows to come
 * @param {(times: Times) => void} props.setTimes
 * @param {number} props.startsAt milliseconds, or `NaN`
 * @param {RowFault[]} props.faults to show
 */
export function AgendaEditor({ rows, change, times, setTimes, startsAt, faults }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const focusNext = useRowFocus(list);
  const [removed, setRemoved] = useState(
    /** @type {{row: AgendaRow, at: number} | null} */ (null),
  );
  /** @param {number} from @param {number} to @param {"up" | "down"} [button] that moved it */
  const move = (from, to, button) => {
    const row = rows[from];
    if (from === to || to < 0 || to >= rows.length) return;
    change(moved(rows, from, to));
    if (button) {
      const atEdge = button === "up" ? to === 0 : to === rows.length - 1;
      const other = button === "up" ? "down" : "up";
      focusNext(row.id, atEdge ? other : button);
    }
    const values = { name: rowName(row, from), n: to + 1, of: rows.length };
    notices.say(t("plan.moved", values));
  };
  const drag = useDrag(list, move);
  /** @param {number} at */
  const remove = (at) => {
    const rest = rows.filter((_, index) => index !== at);
    change(rest);
    setRemoved({ row: rows[at], at });
    focusNext(rest[Math.min(at, rest.length - 1)]?.id ?? null, "remove");
    notices.say(t("plan.removed", { name: rowName(rows[at], at) }));
  };
  const add = () => {
    const row = newRow(times);
    change([...rows, row]);
    focusNext(row.id, "title");
  };
  const restore = () => {
    if (!removed) return;
    const at = Math.min(removed.at, rows.length);
    change([...rows.slice(0, at), removed.row, ...rows.slice(at)]);
    setRemoved(null);
    focusNext(removed.row.id, "title");
  };
  const isFull = rows.length >= LIMITS.slots;
  return h(
    "section",
    { class: "agenda-editor", "aria-labelledby": "agenda-title" },
    h("h2", { id: "agenda-title" }, t("plan.agenda")),
    h(Sum, { rows, startsAt }),
    h(TimesForAll, {
      rows,
      choose: (chosen) => {
        setTimes(chosen);
        change(withTimes(rows, chosen));
      },
    }),
    h(
      "ol",
      { class: "agenda agenda-rows", ref: list },
      rows.map((row, at) =>
        h(AgendaRowFields, {
          key: row.id,
          row,
          at,
          of: rows.length,
          fault: faults.find(({ id }) => id === row.id),
          drop: drag.markOf(at, rows.length),
          isDragged: drag.from === at,
          grip: drag.grip(at),
          edit: (changed) => change(rows.map((one) => one.id === row.id ? changed : one)),
          move: (button) => move(at, button === "up" ? at - 1 : at + 1, button),
          remove: () => remove(at),
        })
      ),
    ),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", "data-act": "add", disabled: isFull, onClick: add },
        t("plan.add"),
      ),
      removed && !isFull && h(
        "button",
        { type: "button", onClick: restore },
        t("plan.restore", { name: rowName(removed.row, removed.at) }),
      ),
    ),
    isFull && h("p", { class: "quiet" }, t("plan.full", { most: LIMITS.slots })),
  );
}

/** @param {{rows: AgendaRow[], startsAt: number}} props */
function Sum({ rows, startsAt }) {
  const { slots, minutes } = totals(rows);
  const ends = startsAt + minutes * 60_000;
  return h(
    "p",
    { class: "agenda-sum" },
    slots === 0 ? t("plan.sumNone") : t("plan.sum", { n: slots, minutes }),
    slots > 0 && Number.isFinite(ends) && " " + t("plan.ends", { time: timeOfDay(ends) }),
  );
}

/** @param {{rows: AgendaRow[], choose: (times: Times) => void}} props */
function TimesForAll({ rows, choose }) {
  return h(
    "fieldset",
    { class: "times-for-all" },
    h("legend", null, t("plan.times")),
    h(
      "div",
      { class: "actions" },
      PRESETS.map((times) => {
        const { pitchMinutes: pitch, qaMinutes: qa } = times;
        const isSet = rows.length > 0 &&
          rows.every((row) => row.pitch === String(pitch) && row.qa === String(qa));
        return h(
          "button",
          {
            key: `${pitch}+${qa}`,
            type: "button",
            class: "small",
            "aria-pressed": String(isSet),
            "aria-label": t("plan.timesOf", { pitch, qa }),
            onClick: () => choose(times),
          },
          `${pitch}+${qa}`,
        );
      }),
    ),
  );
}

const EDGE = 70; // pixels of the window's edge where a drag scrolls
const STEP = 16; // pixels

/**
 * Rows drawn by their grip, by mouse, pen or finger; a line shows where one would stand.
 * @param {{current: HTMLElement | null}} list
 * @param {(from: number, to: number) => void} move
 */
function useDrag(list, move) {
  const [drag, setDrag] = useState(/** @type {{from: number, gap: number} | null} */ (null));
  /** The gap, counted from before the first row, that is nearest. @param {number} y */
  const gapAt = (y) =>
    [...list.current?.children ?? []].filter((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2 < y;
    }).length;
  /** @param {number} from */
  const grip = (from) => ({
    onPointerDown: (/** @type {any} */ event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ from, gap: from });
    },
    onPointerMove: (/** @type {any} */ event) => {
      if (!drag) return;
      const { clientY } = event;
      if (clientY < EDGE) scrollBy(0, -STEP);
      else if (clientY > innerHeight - EDGE) scrollBy(0, STEP);
      setDrag({ ...drag, gap: gapAt(clientY) });
    },
    onPointerUp: () => {
      if (drag) move(drag.from, drag.gap > drag.from ? drag.gap - 1 : drag.gap);
      setDrag(null);
    },
    onPointerCancel: () => setDrag(null),
  });
  /** @param {number} at @param {number} of @returns {"before" | "after" | ""} */
  const markOf = (at, of) => {
    if (!drag || drag.gap === drag.from || drag.gap === drag.from + 1) return "";
    if (drag.gap === at) return "before";
    return drag.gap === of && at === of - 1 ? "after" : "";
  };
  return { from: drag?.from ?? null, grip, markOf };
}
