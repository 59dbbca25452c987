// Brings others here: the address with its QR code, an entry for calendars, a picture to send on (海报).
import { h, useState } from "../../vendor/preact.js";
import { dayAndTime, t } from "../../app/i18n.js";
import { CopyButton } from "../../components/copy-button.js";
import { QrCode } from "../../components/qr-code.js";
import { saveFile } from "../../components/save-file.js";
import { drawPoster } from "./poster.js";

/** @import { Room } from "../../types.d.ts" */
/**
 * @typedef {object} Shared
 * @property {string} title
 * @property {string} path of its page
 * @property {string} calendar the address of its entries
 * @property {string} code what its QR code is of
 * @property {string[]} lines when, and how many
 * @property {string[]} items what is shown in it
 * @property {string} more the key of the text about items that the poster has no place for
 */

/** @param {Room} room @param {string} id @returns {Shared} */
function sharedRoom(room, id) {
  return {
    title: room.title,
    path: `/r/${id}`,
    calendar: `/api/v1/rooms/${id}/calendar.ics`,
    code: t("share.code"),
    lines: [dayAndTime(room.startsAt), t("home.slots", { n: room.slots.length })],
    items: room.slots.map(({ title }) => title),
    more: "share.more",
  };
}

/** @param {{room: Room, id: string}} props */
export function ShareRoom({ room, id }) {
  return h(SharePanel, { what: sharedRoom(room, id) });
}

/** @param {{what: Shared}} props */
export function SharePanel({ what }) {
  const [failed, setFailed] = useState(false);
  const address = new URL(what.path, location.origin).href;
  const save = async () => {
    setFailed(false);
    const poster = await drawPoster({
      title: what.title,
      lines: what.lines,
      projects: what.items,
      address,
      scan: t("share.scan"),
      more: (n) => t(what.more, { n }),
    });
    if (!poster) return setFailed(true);
    saveFile(poster, `${what.title}.png`);
  };
  return h(
    "div",
    { class: "share" },
    h(QrCode, { text: address, label: what.code }),
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
        { class: "button", href: what.calendar, download: true },
        t("share.calendar"),
      ),
    ),
    failed && h("p", { class: "problem", role: "alert" }, t("share.failed")),
  );
}
