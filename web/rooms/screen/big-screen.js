// The big screen's parts, sized by the screen itself.
import { h, useState } from "../../vendor/preact.js";
import { dayAndTime, number, t } from "../../app/i18n.js";
import { QrCode } from "../../components/qr-code.js";
import { clockText, readClock } from "../clock.js";
import { isOver } from "../lifecycle.js";
import { PointerShown } from "../pointer/parts.js";
import { figure } from "../judging/marks.js";
import { placings } from "../judging/placings.js";
import { fileAddress, stageSlot } from "../roadshow/slides.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const TOP = 8; // places that fit a screen

/** @param {{store: RoomStore, room: Room, id: string}} props */
export function BigScreen({ store, room, id }) {
  const slot = stageSlot(room);
  const here = new URL(`/r/${id}`, location.origin).href;
  const barred = store.you.member === null && store.you.door !== undefined;
  return h(
    "main",
    { id: "main", class: "big-screen", tabIndex: -1 },
    h(
      "header",
      { class: "big-head" },
      h("h1", null, room.title),
      h("span", { class: `state ${room.state}` }, t(`room.state.${room.state}`)),
      h(
        "span",
        { class: "big-here" },
        t("room.here", { n: store.here, count: number(store.here) }),
      ),
      store.situation.is !== "online" &&
        h("span", { class: "big-line", role: "status" }, t(`connection.${store.situation.is}`)),
      h(FullScreen, {}),
    ),
    h(
      "section",
      { class: "big-stage", "aria-label": t("stage.label") },
      barred
        ? h(Words, { title: t("screen.closed"), text: t("screen.closedText") })
        : slot && slot.pages.length > 0
        ? [
          h("img", {
            "data-slide": true,
            src: fileAddress(id, slot.pages[slot.page - 1]?.file ?? ""),
            alt: t("stage.slide", { page: slot.page, pages: slot.pages.length, title: slot.title }),
          }),
          h(PointerShown, { store, slot, page: slot.page }),
        ]
        : slot
        ? h(Title, { room, slot })
        : h(Between, { room }),
    ),
    h(
      "aside",
      { class: "big-side", "aria-label": t("screen.side") },
      h(BigClock, { store, room }),
      slot && h(Facts, { room, slot }),
      h(
        "div",
        { class: "big-code" },
        h(QrCode, { text: here, label: t("screen.code") }),
        h("p", null, t("screen.scan")),
      ),
    ),
    h(Bottom, { room }),
  );
}

/** @param {{store: RoomStore, room: Room}} props */
function BigClock({ store, room }) {
  const { clock } = room;
  if (!clock || isOver(room)) return null;
  const reading = readClock(clock, store.now());
  return h(
    "p",
    { class: `big-clock ${reading.level}${reading.running ? "" : " stopped"}`, role: "timer" },
    h("span", null, t(`clock.${reading.phase}`)),
    h("strong", null, clockText(reading.remaining)),
  );
}

/** @param {{room: Room, slot: Slot}} props */
function Facts({ room, slot }) {
  const { judging } = room;
  const score = judging?.scores.find((one) => one.slot === slot.id);
  const rank = judging?.ranks.find((one) => one.slot === slot.id)?.rank;
  return h(
    "div",
    { class: "big-facts" },
    h(
      "p",
      { class: "big-number" },
      t("stage.number", { number: room.slots.indexOf(slot) + 1, of: room.slots.length }),
    ),
    slot.pages.length > 0 && h("h2", null, slot.title),
    h("p", null, [slot.presenters, slot.organisation].filter(Boolean).join(" · ")),
    slot.state === "scoring" && h("p", { class: "big-scoring" }, t("screen.scoring")),
    score && h(
      "p",
      { class: "big-score" },
      h("strong", null, figure(score.total)),
      rank !== undefined && h("span", null, t("screen.place", { n: rank })),
    ),
  );
}

/** @param {{room: Room, slot: Slot}} props */
function Title({ room, slot }) {
  return h(
    "div",
    { class: "big-words" },
    slot.field && h("p", { class: "big-number" }, slot.field),
    h("h2", null, slot.title),
    h("p", null, [slot.presenters, slot.organisation].filter(Boolean).join(" · ")),
    h(
      "p",
      { class: "quiet" },
      t("stage.number", { number: room.slots.indexOf(slot) + 1, of: room.slots.length }),
    ),
  );
}

/** Nobody is on stage: results where there are any, else what comes. @param {{room: Room}} props */
function Between({ room }) {
  const told = room.judging ? placings(room, room.judging) : [];
  const next = room.slots.find(({ state }) => state === "waiting" || state === "ready");
  if (told.some(({ rows }) => rows.length > 0) && (isOver(room) || !next)) {
    return h(Ranking, { room });
  }
  return h(Words, {
    title: isOver(room) ? t(`stage.waiting.${room.state}`) : room.title,
    text: isOver(room)
      ? t("screen.thanks")
      : next
      ? t("screen.next", { title: next.title })
      : t("stage.startsAt", { time: dayAndTime(room.startsAt) }),
  });
}

/** @param {{title: string, text: string}} props */
function Words({ title, text }) {
  return h("div", { class: "big-words" }, h("h2", null, title), h("p", null, text));
}

/** @param {{room: Room}} props */
function Ranking({ room }) {
  const groups = room.judging ? placings(room, room.judging) : [];
  return h(
    "div",
    { class: "big-ranking" },
    h("h2", null, t("screen.results")),
    h(
      "div",
      { class: "big-groups" },
      groups.map(({ group, rows }, index) =>
        h(
          "div",
          { key: index },
          group && h("h3", null, group.name),
          h(
            "ol",
            null,
            rows.slice(0, TOP).map(({ slot, score, rank }) =>
              h(
                "li",
                { key: slot.id },
                h("span", { class: "big-rank" }, rank === null ? "–" : String(rank)),
                h("span", { class: "big-project" }, slot.title),
                h("strong", null, figure(score.total)),
              )
            ),
          ),
        )
      ),
    ),
  );
}

/** The question being answered, or what staff announced. @param {{room: Room}} props */
function Bottom({ room }) {
  const asked = room.questions.find(({ state, text }) => state === "answering" && text);
  if (asked) {
    return h(
      "p",
      { class: "big-bottom", role: "status" },
      h(
        "span",
        { class: "big-label" },
        t("screen.question", { name: asked.name ?? t("question.anonymous") }),
      ),
      h("span", null, asked.text),
    );
  }
  if (!room.announcement) return null;
  return h(
    "p",
    { class: "big-bottom", role: "status" },
    h("span", { class: "big-label" }, t("screen.announcement")),
    h("span", null, room.announcement.text),
  );
}

/** Shown while the pointer moves or it has the focus. */
function FullScreen() {
  const [is, setIs] = useState(() => document.fullscreenElement !== null);
  if (!document.fullscreenEnabled) return null;
  const change = async () => {
    try {
      if (is) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen();
      setIs(!is);
    } catch { /* The browser's own key still works. */ }
  };
  return h(
    "button",
    { type: "button", class: "big-full small", onClick: change },
    t(is ? "screen.window" : "screen.full"),
  );
}
