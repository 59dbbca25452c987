// What a member is in this room: all of its roles at once, and the slots that it presents.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Dialog } from "../../components/dialog.js";
import { ROLES } from "../roles.js";

/** @import { Attendant, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, person: Attendant, close: () => void}} props */
export function RolesDialog({ store, room, person, close }) {
  const [roles, setRoles] = useState(() => person.roles ?? []);
  const [slots, setSlots] = useState(() => person.slots ?? []);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    store.order("member.set_roles", { member: person.member, roles, slots });
    close();
  };
  return h(
    Dialog,
    { title: t("people.rolesOf", { name: person.name }), close },
    h(
      "form",
      { onSubmit: submit },
      h(
        "fieldset",
        null,
        h("legend", null, t("people.roles")),
        ROLES.map((role) => choice(role, t(`role.${role}`), roles, setRoles)),
      ),
      roles.includes("presenter") && h(
        "fieldset",
        null,
        h("legend", null, t("people.slots")),
        room.slots.map((slot) => choice(slot.id, slot.title, slots, setSlots)),
      ),
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          { type: "submit", class: "primary", disabled: roles.length === 0 },
          t("people.rolesSave"),
        ),
        h("button", { type: "button", onClick: close }, t("common.back")),
      ),
    ),
  );
}

/**
 * @template {string} T
 * @param {T} value @param {string} text @param {T[]} chosen @param {(chosen: T[]) => void} choose
 */
function choice(value, text, chosen, choose) {
  const on = chosen.includes(value);
  return h(
    "label",
    { key: value, class: "choice" },
    h("input", {
      type: "checkbox",
      checked: on,
      onChange: () => choose(on ? chosen.filter((one) => one !== value) : [...chosen, value]),
    }),
    text,
  );
}
