// Proves that notes are saved page by page, and that nothing that was typed is lost on the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../app/api.js";
import { NotesKeeper } from "../rooms/notes/keeper.js";

/** A server of notes that fails while it is told to. */
class Line {
  /** @type {string[]} */
  pages = [];
  fails = false;
  /** @type {string[]} */
  put = [];
  /** What happens while a note is on its way. */
  meanwhile = () => {};

  get line() {
    return {
      get: async () => {
        this.#check();
        return await { pages: [...this.pages] };
      },
      /** @param {string} path @param {any} body */
      put: async (path, body) => {
        const page = Number(path.split("/").at(-1));
        this.put.push(`${page}=${body.text}`);
        this.meanwhile();
        this.#check();
        this.pages[page - 1] = body.text;
        return await {};
      },
    };
  }

  #check() {
    if (this.fails) throw new ApiError({ status: 0, code: "client.no_connection" });
  }
}

test("what others wrote is there, and what is typed is saved by its page", async () => {
  const line = new Line();
  line.pages = ["one", "two"];
  const keeper = new NotesKeeper("r", "1", line.line);
  assert.equal(keeper.state, "loading");
  await keeper.load();
  assert.deepEqual([keeper.state, keeper.text(1), keeper.text(2), keeper.text(9)], [
    "saved",
    "one",
    "two",
    "",
  ]);
  keeper.type(2, "zwei");
  assert.deepEqual([keeper.state, keeper.isUnsaved, keeper.text(2)], ["typed", true, "zwei"]);
  await keeper.save();
  assert.deepEqual([keeper.state, keeper.isUnsaved, line.put], ["saved", false, ["2=zwei"]]);
});

test("what was not saved stays, is told, and is saved later", async () => {
  const line = new Line();
  const keeper = new NotesKeeper("r", "2", line.line);
  await keeper.load();
  keeper.type(1, "hello");
  line.fails = true;
  await keeper.save();
  assert.deepEqual([keeper.state, keeper.error?.code, keeper.text(1)], [
    "failed",
    "client.no_connection",
    "hello",
  ]);
  // Another page is turned to meanwhile: what is typed is not overwritten.
  await keeper.load();
  assert.equal(keeper.text(1), "hello");
  line.fails = false;
  await keeper.save();
  assert.deepEqual([keeper.state, line.pages], ["saved", ["hello"]]);
});

test("what is typed while a note is on its way is saved after it", async () => {
  const line = new Line();
  const keeper = new NotesKeeper("r", "3", line.line);
  await keeper.load();
  keeper.type(1, "a");
  line.meanwhile = () => {
    line.meanwhile = () => {};
    keeper.type(1, "ab");
  };
  await keeper.save();
  assert.deepEqual([keeper.state, keeper.text(1), keeper.isUnsaved], ["typed", "ab", true]);
  await keeper.save();
  assert.deepEqual([line.put, line.pages, keeper.state], [["1=a", "1=ab"], ["ab"], "saved"]);
});

test("notes that do not come are asked for again", async () => {
  const line = new Line();
  line.fails = true;
  const keeper = new NotesKeeper("r", "4", line.line);
  await keeper.load();
  assert.deepEqual([keeper.state, keeper.error?.code], ["missing", "client.no_connection"]);
  line.fails = false;
  await keeper.load();
  assert.equal(keeper.state, "saved");
});
