// Links into the room with role, uses and end; their QR code; the list of those given out; the code.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError, deleteAt, getJSON, makeLink, postJSON } from "../../app/api.js";
import { dayAndTime, number, t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { CopyButton } from "../../components/copy-button.js";
import { QrCode } from "../../components/qr-code.js";
import { ROLES } from "../roles.js";

/** @import { Invite, Room } from "../../types.d.ts" */

const HOURS = [1, 24, 7 * 24, 30 * 24];
const MOST_USES = 10_000;

/** @param {{room: Room, id: string}} props */
export function InvitePanel({ room, id }) {
  const [made, setMade] = useState("");
  const [count, setCount] = useState(0);
  /** @param {string} url */
  const done = (url) => {
    setMade(url);
    setCount(count + 1);
  };
  return h(
    "details",
    { class: "invite-panel" },
    h("summary", null, t("invite.title")),
    room.door.admission === "code" && h(EntryCode, { id }),
    h(LinkForm, { room, id, done }),
    made && h(
      "div",
      { class: "made", role: "status" },
      h("p", null, t("invite.made")),
      h(QrCode, { text: made, label: t("invite.qr") }),
      h("input", {
        class: "copied",
        readOnly: true,
        value: made,
        "aria-label": t("copy.byHand"),
        onFocus: (/** @type {any} */ event) => event.target.select(),
      }),
      h(
        "p",
        { class: "actions" },
        h(CopyButton, {
          make: () => Promise.resolve(made),
          text: t("invite.copy"),
          done: t("copy.done"),
        }),
      ),
    ),
    h(Links, { id, count }),
  );
}

/** @param {{room: Room, id: string, done: (url: string) => void}} props */
function LinkForm({ room, id, done }) {
  const [form, setForm] = useState({
    role: "audience",
    slot: room.slots[0]?.id ?? "",
    uses: 1,
    hours: 24,
  });
  /** @param {"role" | "slot"} field */
  const pick = (field) => (/** @type {any} */ event) => {
    setForm({ ...form, [field]: event.target.value });
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const { role, slot, uses, hours } = form;
    const who = role === "presenter" ? { role, slot, uses, hours } : { role, uses, hours };
    try {
      const { url } = await makeLink(id, who);
      done(new URL(url, location.origin).href);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      notices.refuse(error);
    }
  };
  return h(
    "form",
    { class: "link-form", onSubmit: submit },
    h(
      "label",
      { class: "field" },
      h("span", null, t("invite.role")),
      h(
        "select",
        { value: form.role, onChange: pick("role") },
        ROLES.map((role) => h("option", { key: role, value: role }, t(`role.${role}`))),
      ),
    ),
    form.role === "presenter" && h(
      "label",
      { class: "field" },
      h("span", null, t("people.slots")),
      h(
        "select",
        { value: form.slot, onChange: pick("slot") },
        room.slots.map((slot) => h("option", { key: slot.id, value: slot.id }, slot.title)),
      ),
    ),
    h(
      "label",
      { class: "field" },
      h("span", null, t("invite.uses")),
      h("input", {
        type: "number",
        min: 1,
        max: MOST_USES,
        required: true,
        value: String(form.uses),
        onInput: (/** @type {any} */ event) =>
          setForm({ ...form, uses: Number(event.target.value) }),
      }),
    ),
    h(
      "label",
      { class: "field" },
      h("span", null, t("invite.hours")),
      h(
        "select",
        {
          value: String(form.hours),
          onChange: (/** @type {any} */ event) =>
            setForm({ ...form, hours: Number(event.target.value) }),
        },
        HOURS.map((hours) =>
          h("option", { key: hours, value: String(hours) }, t(`invite.hours.${hours}`))
        ),
      ),
    ),
    h("p", { class: "actions" }, h("button", { type: "submit" }, t("invite.make"))),
  );
}

/** @param {{id: string}} props */
function EntryCode({ id }) {
  const [code, setCode] = useState("");
  /** @param {Promise<{code?: string}>} answer */
  const show = (answer) =>
    answer.then((found) => setCode(found.code ?? ""), (error) => notices.refuse(error));
  const address = `/api/v1/rooms/${id}/code`;
  useEffect(() => {
    show(getJSON(address));
  }, [id]);
  return h(
    "div",
    { class: "entry-code" },
    h("p", null, t("invite.code"), " ", h("code", null, code || t("common.loading"))),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", class: "small", onClick: () => show(postJSON(address, {})) },
        t("invite.renewCode"),
      ),
    ),
  );
}

/** @param {{id: string, count: number}} props `count` grows with each link that is made */
function Links({ id, count }) {
  const [links, setLinks] = useState(/** @type {Invite[]} */ ([]));
  const [revoked, setRevoked] = useState(0);
  const address = `/api/v1/rooms/${id}/invites`;
  useEffect(() => {
    getJSON(address).then(({ invites }) => setLinks(invites), (error) => notices.refuse(error));
  }, [id, count, revoked]);
  const open = links.filter((link) =>
    !link.revoked && link.used < link.uses && link.expires > Date.now()
  );
  /** @param {Invite} link */
  const revoke = (link) => {
    deleteAt(`${address}/${link.id}`).then(
      () => setRevoked(revoked + 1),
      (error) => notices.refuse(error),
    );
  };
  if (open.length === 0) return null;
  return [
    h("h3", null, t("invite.open", { n: open.length })),
    h(
      "ul",
      { class: "links" },
      open.map((link) =>
        h(
          "li",
          { key: link.id },
          h(
            "span",
            null,
            t("invite.line", {
              role: t(`role.${link.role}`),
              used: number(link.used),
              uses: number(link.uses),
              time: dayAndTime(link.expires),
            }),
          ),
          h(
            "button",
            {
              type: "button",
              class: "small",
              "aria-label": t("invite.revokeOf", { role: t(`role.${link.role}`) }),
              onClick: () => revoke(link),
            },
            t("invite.revoke"),
          ),
        )
      ),
    ),
  ];
}
