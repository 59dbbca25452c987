// Brings others here: the address with its QR code, an entry for calendars, a picture to send on (海报).
import { h, useState } from "../../vendor/preact.js";
import { dayAndTime, t } from "../../app/i18n.js";
import { CopyButton } from "../../components/copy-button.js";
import { QrCode } from "../../components/qr-code.js";
import { saveFile } from "../../components/save-file.js";
import { drawPoster } from "./poster.js";

/** @import { Room } from "../../types.d.ts" */

/** @param {{room: Room, id: string}} props */
export function SharePanel({ room, id }) {
  const [failed, setFailed] = useState(false);
  const address = new URL(`/r/${id}`, location.origin).href;
  const save = async () => {
    setFailed(false);
    const lines = [dayAndTime(room.startsAt), t("home.slots", { n: room.slots.length })];
    const projects = room.slots.map(({ title }) => title);
    const poster = await drawPoster({
      title: room.title,
      lines,
      projects,
      address,
      scan: t("share.scan"),
      more: (n) => t("share.more", { n }),
    });
    if (!poster) return setFailed(true);
    saveFile(poster, `${room.title}.png`);
  };
  return h(
    "div",
    { class: "share" },
    h(QrCode, { text: address, label: t("share.code") }),
    h("p", null, h("code", null, address)),
    h(
      "p",
      { class: "actions" },
      h(CopyButton, {
        make: () => Promise.resolve(address),
        text: t("share.copy"),
        done: t("copy.done"),
      }),
      h("button", { type: "button", onClick: save }, t("share.poster")),
      h(
        "a",
        { class: "button", href: `/api/v1/rooms/${id}/calendar.ics`, download: true },
        t("share.calendar"),
      ),
    ),
    failed && h("p", { class: "problem", role: "alert" }, t("share.failed")),
  );
}
