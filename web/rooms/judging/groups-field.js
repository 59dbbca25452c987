// Groups of slots that are ranked among themselves: their names, prizes, and which slot is in which.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { GroupLine } from "./scheme-draft.js" */

const MOST = 10;

/** @param {{room: Room, groups: GroupLine[], edit: (groups: GroupLine[]) => void}} props */
export function GroupsField({ room, groups, edit }) {
  /** @param {number} at @param {Partial<GroupLine>} change */
  const change = (at, change) =>
    edit(groups.map((group, index) => index === at ? { ...group, ...change } : group));
  /** @param {string} slot @param {number} to */
  const move = (slot, to) =>
    edit(groups.map((group, index) => ({
      ...group,
      slots: [...group.slots.filter((one) => one !== slot), ...(index === to ? [slot] : [])],
    })));
  const add = () => {
    const slots = groups.length === 0 ? room.slots.map(({ id }) => id) : [];
    edit([...groups, { name: "", scored: true, advancing: "0", prizes: "", slots }]);
  };
  /** A group's slots go to the first of those that stay. @param {number} at */
  const remove = (at) => {
    const [first, ...rest] = groups.filter((_, index) => index !== at);
    edit(first ? [{ ...first, slots: [...first.slots, ...groups[at].slots] }, ...rest] : []);
  };
  return h(
    "fieldset",
    { class: "groups" },
    h("legend", null, t("judging.groups")),
    h("p", { class: "quiet" }, t("judging.groupsText")),
    groups.map((group, index) =>
      h(
        "div",
        { key: index, class: "group-line" },
        field(t("judging.group.name", { n: index + 1 }), group.name, (name) =>
          change(index, { name }), { maxLength: 60, required: true }),
        field(t("judging.group.advancing"), group.advancing, (advancing) =>
          change(index, { advancing }), { inputMode: "numeric", maxLength: 3 }),
        field(t("judging.group.prizes"), group.prizes, (prizes) =>
          change(index, { prizes }), { maxLength: 500 }),
        h(
          "label",
          { class: "choice" },
          h("input", {
            type: "checkbox",
            checked: !group.scored,
            onChange: (/** @type {any} */ event) =>
              change(index, { scored: !event.target.checked }),
          }),
          t("judging.group.shows"),
        ),
        h(
          "button",
          {
            type: "button",
            class: "small",
            onClick: () =>
              remove(index),
          },
          t("judging.group.remove"),
        ),
      )
    ),
    groups.length > 1 && h(
      "div",
      { class: "group-slots" },
      room.slots.map(({ id, title }) =>
        h(
          "label",
          { key: id, class: "field" },
          h("span", null, title),
          h(
            "select",
            {
              value: String(groups.findIndex(({ slots }) => slots.includes(id))),
              onChange: (/** @type {any} */ event) => move(id, Number(event.target.value)),
            },
            groups.map(({ name }, index) =>
              h(
                "option",
                { key: index, value: String(index) },
                name || t("judging.group.name", { n: index + 1 }),
              )
            ),
          ),
        )
      ),
    ),
    groups.length < MOST && h(
      "p",
      { class: "actions" },
      h("button", { type: "button", class: "small", onClick: add }, t("judging.group.add")),
    ),
  );
}

/** @param {string} label @param {string} value @param {(value: string) => void} edit @param {object} more */
function field(label, value, edit, more) {
  return h(
    "label",
    { class: "field" },
    h("span", null, label),
    h("input", { value, onInput: (/** @type {any} */ event) => edit(event.target.value), ...more }),
  );
}
