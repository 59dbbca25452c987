// When a presenter's line drops in the middle of a pitch: one press, and its recording goes on.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { linesLost, presentersOf } from "./on-air.js";
import { useObservable } from "../../app/observable.js";
import { useRecordings } from "./recordings-keeper.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Media } from "./media-column.js" */

/** @param {{store: RoomStore, room: Room, id: string, media: Media}} props */
export function LineLost({ store, room, id, media }) {
  useObservable(media);
  const [put, setPut] = useState("");
  const lost = linesLost(room, media.tracks, media.lost);
  const turn = `${room.stage}`;
  useEffect(() => {
    if (lost.length === 0) setPut(""); // They are back: the next loss is told anew.
  }, [lost.length === 0]);
  // Of one's own dropped line nothing follows about theirs.
  const judges = media.line === "joined" && store.situation.is === "online";
  if (lost.length === 0 || put === turn || !judges) return null;
  return h(Offer, { store, room, id, lost, dismiss: () => setPut(turn) });
}

/** @param {{store: RoomStore, room: Room, id: string, lost: string[], dismiss: () => void}} props */
function Offer({ store, room, id, lost, dismiss }) {
  const keeper = useRecordings(store, id);
  const slot = room.stage ?? "";
  const names = presentersOf(room, slot).filter((member) => lost.includes(member))
    .map((member) => room.members?.find((one) => one.member === member)?.name)
    .filter(Boolean).join(t("list.comma"));
  const found = keeper.state.is === "shown"
    ? keeper.state.recordings.find((one) => one.offered && one.slot === slot)
    : undefined;
  return h(
    "div",
    { class: "line-lost", role: "alert" },
    h("h2", null, t("studio.lineLost", { names: names || t("studio.somebody") })),
    h("p", null, t(found ? "studio.lineLostText" : "studio.lineLostNone")),
    h(
      "p",
      { class: "actions" },
      found && h(
        "button",
        {
          type: "button",
          class: "primary",
          onClick: () => store.order("playback.start", { recording: found.recording }),
        },
        t("studio.goOnWithRecording"),
      ),
      h("button", { type: "button", onClick: dismiss }, t("studio.notNow")),
    ),
  );
}
