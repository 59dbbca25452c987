// Recordings one by one: make a file, play it here, keep it; hand it over or remove one's own.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError } from "../../app/api.js";
import { byteCount, dayAndTime, errorText, t } from "../../app/i18n.js";
import { captionsAddress, fileName, recordingAddress } from "../../app/recordings.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { lengthText } from "../media/playback-time.js";

/** @import { Recording, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { RecordingsKeeper } from "./recordings-keeper.js" */
/** @typedef {{store: RoomStore, room: Room, id: string, keeper: RecordingsKeeper}} Place */

/** @param {Place & {recordings: Recording[]}} props */
export function RecordingRows({ recordings, ...place }) {
  return h(
    "ul",
    { class: "recordings" },
    recordings.map((one) => h(RecordingRow, { key: one.recording, one, ...place })),
  );
}

/** @param {Place & {one: Recording}} props */
function RecordingRow({ store, room, id, keeper, one }) {
  const [watching, setWatching] = useState(false);
  const [problem, setProblem] = useState("");
  const made = one.export;
  const title = titleOf(one, room);
  const isOwn = one.member === store.you.member && one.kind !== "live";
  /** @param {() => Promise<void>} act */
  const attempt = async (act) => {
    setProblem("");
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(errorText(error));
    }
  };
  const make = () => attempt(() => keeper.export(one.recording));
  const watch = () => {
    setWatching(!watching);
    if (!watching && made.state !== "ready" && made.state !== "making") make();
  };
  useEffect(() => {
    if (made.state === "failed") setWatching(false);
  }, [made.state]);
  return h(
    "li",
    { class: "recording-row" },
    h(
      "p",
      { class: "slot-facts" },
      h("span", { class: `mark ${one.running ? "overtime" : ""}` }, t(`studio.of.${one.kind}`)),
      one.running && h("span", { class: "mark overtime" }, t("studio.stillRunning")),
      one.offered && h("span", { class: "mark ready" }, t("studio.offered")),
    ),
    h("p", { class: "slot-title" }, title),
    h(
      "p",
      { class: "quiet facts" },
      [one.name, dayAndTime(one.begunAt), lengthText(one.lengthMs), byteCount(one.bytes)]
        .filter(Boolean).map((fact, index) => h("span", { key: index }, fact)),
    ),
    !one.running && h(
      "p",
      { class: "actions" },
      h(
        "button",
        {
          type: "button",
          class: "small",
          "aria-expanded": watching ? "true" : "false",
          "aria-label": t("run.commandFor", { command: t("studio.watch"), title }),
          onClick: watch,
        },
        t(watching ? "studio.watchEnd" : "studio.watch"),
      ),
      made.state === "ready"
        ? h(
          "a",
          {
            class: "button small",
            href: recordingAddress(id, one.recording),
            download: fileName(one),
            "aria-label": t("run.commandFor", { command: t("studio.download"), title }),
          },
          t("studio.download"),
        )
        : made.state !== "making" && !isOwn && h(
          "button",
          {
            type: "button",
            class: "small",
            "aria-label": t("run.commandFor", { command: t("studio.export"), title }),
            onClick: make,
          },
          t("studio.export"),
        ),
      isOwn && !one.offered && h(OwnCommands, { store, keeper, one, title, attempt }),
    ),
    made.state === "making" && h(
      "p",
      { class: "progress", role: "status" },
      h("progress", { max: 100, value: made.percent ?? 0, "aria-label": t("studio.making") }),
      t("studio.makingAt", { percent: made.percent ?? 0 }),
    ),
    made.state === "failed" && h("p", { class: "problem" }, t("studio.exportFailed")),
    problem && h("p", { class: "problem", role: "alert" }, problem),
    watching && made.state === "ready" && h(Player, { room, id, one, title }),
  );
}

/** @param {{store: RoomStore, keeper: RecordingsKeeper, one: Recording, title: string,
 *   attempt: (act: () => Promise<void>) => Promise<void>}} props */
function OwnCommands({ store, keeper, one, title, attempt }) {
  const [asking, setAsking] = useState("");
  const { recording } = one;
  const act = () =>
    asking === "offer"
      ? store.order("recording.offer", { recording })
      : attempt(() => keeper.remove(recording));
  /** @param {string} name @param {string} look */
  const button = (name, look) =>
    h(
      "button",
      {
        type: "button",
        class: look,
        "aria-label": t("run.commandFor", { command: t(`studio.${name}`), title }),
        onClick: () => setAsking(name),
      },
      t(`studio.${name}`),
    );
  return [
    button("offer", "small primary"),
    button("remove", "small"),
    asking && h(ReasonDialog, {
      title: t(`studio.${asking}`),
      text: t(`studio.ask.${asking}`),
      action: t(`studio.${asking}`),
      reason: "none",
      run: act,
      close: () => setAsking(""),
    }),
  ];
}

/** @param {{room: Room, id: string, one: Recording, title: string}} props */
function Player({ room, id, one, title }) {
  const [failed, setFailed] = useState(false);
  if (failed) return h("p", { class: "problem", role: "alert" }, t("studio.playerFailed"));
  return h(
    "video",
    {
      class: "player",
      controls: true,
      preload: "metadata",
      playsInline: true,
      src: recordingAddress(id, one.recording),
      "aria-label": title,
      onError: () => setFailed(true),
    },
    h("track", {
      kind: "captions",
      src: captionsAddress(id, one.recording),
      srclang: room.language,
      label: t("studio.captions"),
    }),
  );
}

/** What a recording is of, in words. @param {Recording} one @param {Room} room */
export function titleOf(one, room) {
  const slot = room.slots.find(({ id }) => id === one.slot);
  return slot?.title ?? room.title;
}
