// Who reads this page: nobody yet (a visitor), or a person with a name card.
import { ApiError, getSession, leaveCard, signOut } from "./api.js";
import { Observable } from "./observable.js";

/** @import { Person, Session } from "../types.d.ts" */

class Me extends Observable {
  /** @type {Person | null} */
  person = null;
  /** What one signs in with. @type {Session["account"]} */
  account = null;
  /** Why it is not known who reads. @type {ApiError | null} */
  unknown = null;

  /** @throws {ApiError} */
  async load() {
    try {
      const { person, account } = await getSession();
      this.unknown = null;
      this.account = account;
      this.become(person);
    } catch (error) {
      if (error instanceof ApiError) this.unknown = error;
      this.changed();
      throw error;
    }
  }

  /** @param {{name: string, organisation?: string, kind?: string}} card */
  async introduce(card) {
    this.become({ ...this.person, ...await leaveCard(card) });
  }

  async leave() {
    await signOut();
    this.account = null;
    this.become(null);
  }

  /** @param {Person | null} person */
  become(person) {
    this.person = person;
    this.changed();
  }
}

export const me = new Me();

/** What a person can be on a name card; the order of the list. */
export const KINDS = [
  "scientist",
  "entrepreneur",
  "investor",
  "expert",
  "agency",
  "government",
  "media",
  "student",
  "other",
];
