// What a reader knows of intents: the join's answer, and what was told since then.
import { topicOf } from "./ladder.js";

/** @import { Fields, Merged, You } from "../../types.d.ts" */
/** @import { Book, Contact, Intent } from "./types.d.ts" */

/** @param {You} you @param {Merged[]} events since the join @returns {Book} */
export function bookOf(you, events) {
  /** @type {Intent[]} */
  let intents = [];
  for (const intent of [...you.shared ?? [], ...you.leads ?? [], ...you.intents ?? []]) {
    intents = [...intents.filter((one) => !same(one, intent)), intent];
  }
  const { feedback = [], contacts = [], notes = [], followed = [] } = you;
  return events.reduce((book, event) => after(book, event, you), {
    intents,
    feedback,
    contacts,
    notes,
    followed,
  });
}

/** @param {Book} book @param {Merged} event @param {You} you @returns {Book} */
function after(book, event, you) {
  const change = CHANGES[event.type];
  return change ? { ...book, ...change(book, event, you) } : book;
}

/** @type {Record<string, (book: Book, event: Merged, you: You) => Partial<Book>>} */
const CHANGES = {
  "slot.followed": ({ followed }, { data: { slot, pages } }) => ({
    followed: [...followed.filter((one) => one.slot !== slot), { slot, pages }],
  }),
  "intent.given": ({ intents }, { seq, at, data }, you) => {
    const before = intents.find((one) => same(one, data));
    const stands = before && !before.withdrawn ? before : null;
    const { slot, member, side, step, amount, cooperation, shared } = data;
    const { name, organisation, organisationId, badge, kind, note } = data;
    /** @type {Intent} */
    const intent = {
      ...{ slot, member, seq, at, side, step, amount, cooperation, shared },
      ...{ name, organisation, organisationId, badge, kind, note },
      // What is new was not seen; other answers stand.
      answers: stands?.answers.filter(({ answer }) => answer !== "seen") ?? [],
      followUps: stands?.followUps ?? [],
      due: stands?.due,
      presenters: member === you.member ? told(before, data.presenters) : undefined,
    };
    return { intents: [...intents.filter((one) => !same(one, data)), intent] };
  },
  "intent.unshared": ({ intents }, { data }) => ({
    intents: changed(intents, data, () => ({ shared: false })),
  }),
  "intent.withdrawn": ({ intents }, { seq, data }) => ({
    intents: changed(intents, data, () => ({ withdrawn: { seq, note: data.note } })),
  }),
  "intent.answered": ({ intents }, { seq, at, data }) => ({
    intents: changed(intents, data, ({ answers }) => {
      const { answer, name, organisation, organisationId, badge, note } = data;
      const said = { answer, seq, at, name, organisation, organisationId, badge, note };
      const topic = topicOf(answer);
      return { answers: [...answers.filter((one) => topicOf(one.answer) !== topic), said] };
    }),
  }),
  "intent.followed_up": ({ intents }, { seq, at, data }, you) => ({
    intents: changed(intents, data, (intent) => {
      const { party, outcome, amount, name, organisation, note } = data;
      const own = party === (intent.member === you.member ? "author" : "presenter");
      const said = { party, outcome, amount, seq, at, name, organisation, note };
      return {
        followUps: [...intent.followUps.filter((one) => one.party !== party), said],
        due: own ? undefined : intent.due,
      };
    }),
  }),
  "contact.offered": ({ contacts }, { seq, data }) =>
    exchange(contacts, data, ({ offered }) => ({
      offered: [...offered.filter(({ of }) => of !== data.of), { of: data.of, seq, ...said(data) }],
    })),
  "contact.told": ({ contacts }, { seq, data }) =>
    exchange(contacts, data, ({ offered, told }) => ({
      offered: offered.filter(({ of }) => of !== data.of),
      told: [...told.filter(({ of }) => of !== data.of), { of: data.of, seq, ...said(data) }],
    })),
  "contact.withdrawn": ({ contacts }, { data }) =>
    exchange(contacts, data, ({ offered, told }) => ({
      offered: offered.filter(({ of }) => of !== data.of),
      told: told.map((one) => one.of === data.of ? { ...one, withdrawn: true } : one),
    })),
  "feedback.given": ({ feedback }, { seq, at, data }) => {
    const { slot, member, codes, name, organisation, note } = data;
    const given = { slot, member, codes, seq, at, name, organisation, note };
    return { feedback: [...feedback.filter((one) => !same(one, data)), given] };
  },
  "note.kept": ({ notes }, { seq, data }) => ({
    notes: [...notes.filter(({ slot }) => slot !== data.slot), {
      slot: data.slot,
      seq,
      text: data.note ?? "",
    }],
  }),
  "content.redacted": ({ intents, feedback, contacts, notes }, { data }) => ({
    intents: without(intents, data.seq),
    feedback: without(feedback, data.seq),
    // A contact that waits for the other goes with its text.
    contacts: without(contacts, data.seq).map((one) => ({
      ...one,
      offered: one.offered.filter(({ seq }) => seq !== data.seq),
    })),
    notes: notes.filter(({ seq }) => seq !== data.seq),
  }),
};

/** @param {{slot: string, member: string}} one @param {Fields} other */
function same(one, other) {
  return one.slot === other.slot && one.member === other.member;
}

/** @param {Intent[]} intents @param {Fields} data @param {(intent: Intent) => Partial<Intent>} change */
function changed(intents, data, change) {
  return intents.map((one) => same(one, data) ? { ...one, ...change(one) } : one);
}

/** Names known before, for the ids that an event has. @param {Intent | undefined} before @param {string[]} ids */
function told(before, ids) {
  return ids.map((member) =>
    before?.presenters?.find((one) => one.member === member) ?? { member }
  );
}

/** @param {Contact[]} contacts @param {Fields} data @param {(contact: Contact) => Partial<Contact>} change */
function exchange(contacts, data, change) {
  const { slot, author, presenter } = data;
  /** @param {Contact} one */
  const isIt = (one) => one.slot === slot && one.author === author && one.presenter === presenter;
  const before = contacts.find(isIt) ?? { slot, author, presenter, offered: [], told: [] };
  return { contacts: [...contacts.filter((one) => !isIt(one)), { ...before, ...change(before) }] };
}

/** @param {Fields} data */
function said({ name, organisation, text }) {
  return { name, organisation, text };
}

/** Texts that stood in that event, taken out at any depth. @template T @param {T} value @param {number} seq @returns {T} */
function without(value, seq) {
  if (Array.isArray(value)) return /** @type {any} */ (value.map((one) => without(one, seq)));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, one]) => [name, without(one, seq)]);
  const copy = Object.fromEntries(entries);
  if (copy.seq !== seq) return copy;
  const { name: _, organisation: __, kind: ___, note: ____, text: _____, ...rest } = copy;
  return /** @type {any} */ (rest);
}
