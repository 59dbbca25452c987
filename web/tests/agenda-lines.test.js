// Proves how pasted lines and tables become slots, and which line is named when one does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAgenda } from "../rooms/plan/agenda-lines.js";
import { readText } from "../rooms/plan/read-text.js";

const plain = {
  title: "A",
  presenters: "",
  organisation: "",
  field: "",
  abstract: "",
  pitchMinutes: 8,
  qaMinutes: 7,
};
const li = { ...plain, presenters: "Li", organisation: "U" };

/** @type {[string, object[]][]} */
const tables = [
  ["A", [plain]],
  ["A | Li | U | 10+5", [{ ...li, pitchMinutes: 10, qaMinutes: 5 }]],
  ["A｜Li｜U｜８＋１２", [{ ...li, qaMinutes: 12 }]],
  ["A\tLi\tU\t6+0", [{ ...li, pitchMinutes: 6, qaMinutes: 0 }]],
  ["A |||", [plain]],
  ["A ||| 120 + 120", [{ ...plain, pitchMinutes: 120, qaMinutes: 120 }]],
  ["A | Li | U | 8+7 | 电池 | 摘要", [{ ...li, field: "电池", abstract: "摘要" }]],
  // Quotes and commas in what people write by hand are what they are.
  ['"Smart" cells, thin | Li', [{ ...plain, title: '"Smart" cells, thin', presenters: "Li" }]],
  ["Cells, thin", [{ ...plain, title: "Cells, thin" }]],
  // A table with commas shows itself by its header, by times or by quotes.
  ["title,presenters\nA,Li", [{ ...plain, presenters: "Li" }]],
  ["A,Li,U,8+7", [li]],
  ["A;Li;U;8+7", [li]],
  ['"A","Li","U"', [li]],
  ['项目名称,主讲人,单位\n"A, ""B""","Li",U', [{ ...li, title: 'A, "B"' }]],
  ['名称,摘要\nA,"one\r\ntwo"', [{ ...plain, abstract: "one\ntwo" }]],
  ['名称,单位\n"A\nB",U', [{ ...plain, title: "A B", organisation: "U" }]],
  ["名称,单位\rA,U\rA,", [{ ...plain, organisation: "U" }, plain]],
  // The header says which column is which, in either language, whatever else it has.
  [
    "序号\t单位\t项目名称（必填）\t陈述 (分钟)\t问答\t电话\n1\tU\tA\t5分钟\t5\t138",
    [{ ...plain, organisation: "U", pitchMinutes: 5, qaMinutes: 5 }],
  ],
  ["Project Title | Speaker | Time\nA | Li | 10+5", [
    { ...plain, presenters: "Li", pitchMinutes: 10, qaMinutes: 5 },
  ]],
  ["title\nA", [plain]],
  ["title | field", []],
  ["", []],
];
for (const [text, slots] of tables) {
  test(`slots of ${JSON.stringify(text)}`, () => {
    const { slots: found, errors } = parseAgenda(text);
    assert.deepEqual({ slots: found, errors }, { slots, errors: [] });
  });
}

/** @type {[string, [number, string][]][]} */
const faults = [
  ["| Li", [[1, "no_title"]]],
  ["A|B|C|8+7|E|F|G", [[1, "too_many_fields"]]],
  ["title|field\nA|B|C", [[2, "too_many_fields"]]],
  ["A|||8", [[1, "bad_times"]]],
  ["A|||0+7", [[1, "bad_times"]]],
  ["A|||121+7", [[1, "bad_times"]]],
  ["A|||8+121", [[1, "bad_times"]]],
  ["title|pitch\nA|long", [[2, "bad_times"]]],
  ["title|qa\nA|-1", [[2, "bad_times"]]],
  ["x".repeat(201), [[1, "too_long"]]],
  [`A|${"x".repeat(201)}`, [[1, "too_long"]]],
  [`A|||||${"x".repeat(5_001)}`, [[1, "too_long"]]],
  ["A\u202eB", [[1, "unfit"]]],
  ["A\u0007", [[1, "unfit"]]],
  ['title,field\n"A,B', [[2, "open_quote"]]],
  ['title,field\n"A"x,B', [[2, "bad_quote"]]],
];
for (const [text, found] of faults) {
  test(`refused: ${JSON.stringify(text.slice(0, 30))} as ${found[0][1]}`, () => {
    const { slots, errors } = parseAgenda(text);
    assert.deepEqual(slots, []);
    assert.deepEqual(errors.map(({ line, code }) => [line, code]), found);
  });
}

test("lines count as one sees them, and what is good around a fault is read", () => {
  const { slots, errors } = parseAgenda("A\r\n\n  \n| B\nC");
  assert.deepEqual(slots.map(({ title }) => title), ["A", "C"]);
  assert.deepEqual(errors.map(({ line }) => line), [4]);
  const table = parseAgenda('title,abstract\nA,"1\n2\n3"\n,B\n"C\nD,E\nF,G');
  assert.deepEqual(table.slots.map(({ title }) => title), ["A", "D", "F"]);
  assert.deepEqual(table.errors.map(({ line, code }) => [line, code]), [
    [5, "no_title"],
    [6, "open_quote"],
  ]);
});

test("columns that no slot has are named, and of two alike the first counts", () => {
  const { slots, ignored } = parseAgenda("序号,项目,联系电话,名称\n1,A,138,B");
  assert.deepEqual([slots[0].title, ignored], ["A", ["序号", "联系电话", "名称"]]);
});

test("a file named .csv is parted by commas without any other sign", () => {
  assert.equal(parseAgenda("A,Li,U").slots[0].title, "A,Li,U");
  assert.deepEqual(parseAgenda("A,Li,U", { commas: true }).slots, [li]);
});

test("rows without times have those that are given", () => {
  const { slots } = parseAgenda("A\nB|||5+5", { times: { pitchMinutes: 6, qaMinutes: 0 } });
  assert.deepEqual(slots.map((slot) => [slot.pitchMinutes, slot.qaMinutes]), [[6, 0], [5, 5]]);
});

test("characters are counted, not code units", () => {
  assert.equal(parseAgenda("😀".repeat(200)).errors.length, 0);
  assert.equal(parseAgenda("😀".repeat(201)).errors.length, 1);
});

test("as many slots are taken as there is room for, the next is refused by its line", () => {
  for (const most of [60, 2, 0]) {
    const { slots, errors } = parseAgenda("A\n".repeat(most + 1), { most });
    assert.equal(slots.length, most);
    assert.deepEqual(errors.map(({ line, code }) => [line, code]), [[most + 1, "too_many"]]);
  }
});

const utf8 = new TextEncoder();
/** @type {[string, number[], string | null, string?][]} */
const files = [
  ["plain", [...utf8.encode("项目,A")], "项目,A", "utf-8"],
  ["a mark", [0xef, 0xbb, 0xbf, ...utf8.encode("项目")], "项目", "utf-8"],
  ["GB18030", [0xcf, 0xee, 0xc4, 0xbf, 0x2c, 0x41], "项目,A", "gb18030"],
  ["GB18030 of four bytes", [0xcf, 0xee, 0x95, 0x32, 0x82, 0x36], "项𠀀", "gb18030"],
  ["UTF-16", [0xff, 0xfe, 0x41, 0x00, 0x09, 0x00], "A\t", "utf-16le"],
  ["nothing", [], "", "utf-8"],
  ["neither", [0xff, 0xd8, 0xff, 0xe0], null],
  ["a workbook", [0x50, 0x4b, 0x03, 0x04, 0x00, 0x00], null],
  ["a mark that lies", [0xef, 0xbb, 0xbf, 0xcf, 0xee], null],
];
for (const [name, bytes, text, encoding] of files) {
  test(`a file's bytes: ${name}`, () => {
    const read = readText(new Uint8Array(bytes));
    assert.deepEqual(read, text === null ? null : { text, encoding });
  });
}
