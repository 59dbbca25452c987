// The list of names beneath an @ that somebody types (WAI-ARIA: a text field with a list beside it).
import { h, useEffect, useLayoutEffect, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { peopleIn } from "./people.js";

/** @import { Person } from "./people.js" */
/** @import { RoomStore } from "../store.js" */

const LIST = "mention-list";
const SHOWN = 6;

/**
 * @param {object} props
 * @param {HTMLTextAreaElement} props.area where it is typed
 * @param {string} props.text
 * @param {RoomStore} props.store
 * @param {string} props.channel
 * @param {(text: string, caret: number, person: Person) => void} props.choose
 */
export function MentionList({ store, channel, area, text, choose }) {
  const [at, setAt] = useState(0);
  // The @ whose list was left or used, by its place.
  const [left, setLeft] = useState(-1);
  const call = callBefore(text, area.selectionStart ?? text.length);
  const found = call && call.start !== left ? matching(peopleIn(store, channel), call.name) : [];
  const open = found.length > 0;
  const active = Math.min(at, found.length - 1);
  useEffect(() => setAt(0), [call?.name]);
  useEffect(() => {
    if (open) notices.say(t("mention.found", { n: found.length }));
  }, [open, found.length]);
  useEffect(() => {
    area.setAttribute("aria-autocomplete", "list");
    if (!open) return;
    area.setAttribute("aria-controls", LIST);
    area.setAttribute("aria-activedescendant", `${LIST}-${active}`);
    document.getElementById(`${LIST}-${active}`)?.scrollIntoView({ block: "nearest" });
    return () => {
      area.removeAttribute("aria-controls");
      area.removeAttribute("aria-activedescendant");
    };
  }, [open, active, found.length]);
  /** @param {Person} person */
  const take = (person) => {
    if (!call) return;
    const before = `${text.slice(0, call.start)}@${person.name} `;
    setLeft(call.start);
    choose(before + text.slice(call.end).replace(/^ /, ""), before.length, person);
  };
  // With the list itself and not a frame later: an Enter right after an Escape sends the message.
  useLayoutEffect(() => {
    if (!open) return;
    // Before the field's own: there Enter sends the message.
    /** @param {KeyboardEvent} event */
    const press = (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") setAt((active + 1) % found.length);
      else if (event.key === "ArrowUp") setAt((active + found.length - 1) % found.length);
      else if (event.key === "Escape") setLeft(call?.start ?? -1);
      else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) {
        take(found[active]);
      } else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    area.addEventListener("keydown", press, { capture: true });
    return () => area.removeEventListener("keydown", press, { capture: true });
  });
  if (!open) return null;
  return h(
    "ul",
    { class: "mention-list", id: LIST, role: "listbox", "aria-label": t("mention.label") },
    found.map((person, index) =>
      h(
        "li",
        {
          key: person.member,
          id: `${LIST}-${index}`,
          role: "option",
          "aria-selected": index === active ? "true" : "false",
          // The field keeps the focus.
          onMouseDown: (/** @type {Event} */ event) => event.preventDefault(),
          onClick: () => take(person),
        },
        h("strong", null, person.name),
        person.organisation && h("span", { class: "quiet" }, ` ${person.organisation}`),
      )
    ),
  );
}

/** The call that is being written before the caret. @param {string} text @param {number} caret */
export function callBefore(text, caret) {
  const match = /@([^@\n]{0,40})$/u.exec(text.slice(0, caret));
  return match ? { start: match.index, end: caret, name: match[1] } : null;
}

/** Whose name begins or holds it. @param {Person[]} people @param {string} written */
export function matching(people, written) {
  const name = written.toLowerCase();
  const first = people.filter((one) => one.name.toLowerCase().startsWith(name));
  // After a space the text goes on, unless that is somebody's name.
  const others = /\s/u.test(name)
    ? []
    : people.filter((one) => !first.includes(one) && one.name.toLowerCase().includes(name));
  return [...first, ...others].slice(0, SHOWN);
}
