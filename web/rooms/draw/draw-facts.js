// A draw for everybody: who contributed, what came of it, and that this page recomputed it.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { hasCrypto } from "../../app/ledger/bytes.js";
import { faultOf, stands } from "./check.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Draw } from "./types.d.ts" */

/** @param {{room: Room, id: string}} props */
export function DrawFacts({ room, id }) {
  const { draw } = room;
  if (!draw) return null;
  const title = (/** @type {string} */ slot) => titleOf(room, slot);
  return h(
    "div",
    { class: `draw ${draw.phase}`, role: "group", "aria-label": t("draw.title") },
    h(
      "p",
      { class: "draw-head" },
      h("strong", null, t(`draw.phase.${draw.phase}`)),
      draw.number > 1 && h("span", { class: "quiet" }, t("draw.number", { n: draw.number })),
    ),
    draw.phase === "failed" && h("p", null, t(`draw.cause.${draw.cause}`)),
    draw.phase === "finished" && h(Verified, { key: draw.id, room: id, draw }),
    draw.phase === "finished" && !stands(draw, room.slots) &&
      h("p", { class: "problem" }, t("draw.movedSince")),
    h(Contributions, { draw, title }),
    h(Values, { draw, title, room: id }),
  );
}

/** @param {Room} room @param {string} slot */
export function titleOf(room, slot) {
  return room.slots.find(({ id }) => id === slot)?.title ?? slot;
}

/** @param {{room: string, draw: Draw}} props */
function Verified({ room, draw }) {
  const [state, setState] = useState("checking");
  useEffect(() => {
    if (!hasCrypto()) return setState("insecure");
    faultOf(room, draw).then(
      (fault) => setState(fault === null ? "good" : `bad.${fault}`),
      () => setState("unknown"),
    );
  }, [room, draw]);
  const looks = state === "good" ? "draw-good" : state.startsWith("bad") ? "problem" : "quiet";
  return h("p", { class: looks, role: "status" }, t(`draw.check.${state}`));
}

/** Who contributed for which slot; once drawn, in that order. @param {{draw: Draw, title: (slot: string) => string}} props */
function Contributions({ draw, title }) {
  const given = new Map(draw.contributions.map((one) => [one.slot, one]));
  const { order } = draw;
  return h(
    order ? "ol" : "ul",
    { class: "draw-list" },
    (order ?? draw.slots).map((slot, index) => {
      const one = given.get(slot);
      const state = one ? one.contribution === null ? "committed" : "revealed" : "absent";
      return h(
        "li",
        { key: slot },
        h("span", null, order && `${index + 1}. `, title(slot)),
        h("span", { class: `mark ${state}` }, t(`draw.given.${state}`)),
      );
    }),
  );
}

/** The values, for whoever computes it elsewhere. @param {{draw: Draw, title: (slot: string) => string, room: string}} props */
function Values({ draw, title, room }) {
  /** @type {[string, string | null | undefined][]} */
  const rows = [
    [t("draw.value.room"), room],
    [t("draw.value.draw"), draw.id],
    [t("draw.value.list"), draw.slots.join(" ")],
    [t("draw.value.commitment"), draw.commitment],
    [t("draw.value.seed"), draw.seed],
    ...draw.contributions.map(
      (one) => /** @type {[string, string | null]} */ ([
        t("draw.value.contribution", { title: title(one.slot) }),
        one.contribution ?? t("draw.value.committedTo", { value: one.commitment }),
      ]),
    ),
    [t("draw.value.order"), draw.order?.join(" ")],
  ];
  return h(
    "details",
    null,
    h("summary", null, t("draw.values")),
    h("p", { class: "quiet" }, t("draw.valuesText")),
    h(
      "dl",
      { class: "draw-values" },
      rows.filter(([, value]) => value).map(([name, value]) => [
        h("dt", null, name),
        h("dd", null, value),
      ]),
    ),
  );
}
