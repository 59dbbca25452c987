// For moderators: the code that is shown in the hall, to print or to put on a screen.
import { h, useState } from "../../vendor/preact.js";
import { useAnswer } from "../../app/answer.js";
import { dayAndTime, t } from "../../app/i18n.js";
import { CopyButton } from "../../components/copy-button.js";
import { LoadProblem } from "../../components/load-problem.js";
import { QrCode } from "../../components/qr-code.js";
import { saveFile } from "../../components/save-file.js";
import { drawPoster } from "../roadshow/poster.js";

/** @import { Room } from "../../types.d.ts" */

/** @param {{room: Room, id: string}} props */
export function HallPanel({ room, id }) {
  const [open, setOpen] = useState(false);
  return h(
    "details",
    {
      class: "invite-panel hall-panel",
      onToggle: (/** @type {any} */ event) => setOpen(event.target.open),
    },
    h("summary", null, t("hall.title")),
    open && h(Code, { room, id }),
  );
}

/** @param {{room: Room, id: string}} props */
function Code({ room, id }) {
  const [state, again] = useAnswer(`/api/v1/rooms/${id}/check-in`);
  const [failed, setFailed] = useState(false);
  if (state.is === "loading") return h("p", { class: "empty" }, t("common.loading"));
  if (state.is === "failed") return h(LoadProblem, { error: state.error, again });
  const address = new URL(`/r/${id}?here=${state.answer.code}`, location.origin).href;
  const save = async () => {
    const poster = await drawPoster({
      title: room.title,
      lines: [t("hall.title"), dayAndTime(room.startsAt)],
      projects: [],
      address,
      scan: t("hall.scan"),
      more: () => "",
    });
    setFailed(!poster);
    if (poster) saveFile(poster, `${room.title}-${t("hall.title")}.png`);
  };
  return h(
    "div",
    { class: "made" },
    h("p", { class: "quiet" }, t("hall.explain")),
    h(QrCode, { text: address, label: t("hall.code") }),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", onClick: save }, t("hall.poster")),
      h(CopyButton, {
        make: () => Promise.resolve(address),
        text: t("hall.copy"),
        done: t("copy.done"),
      }),
    ),
    failed && h("p", { class: "problem", role: "alert" }, t("hall.noPoster")),
  );
}
