// What the header of a table calls its columns, in Chinese and English.

/** @typedef {"title" | "presenters" | "organisation" | "field" | "abstract" | "times" | "pitch" | "qa"} Column */

/** As they stand after `plainName`. @type {Record<Column, string[]>} */
const NAMES = {
  title:
    "项目名称 项目 项目题目 名称 题目 标题 成果名称 成果 课题名称 榜单名称 title project projecttitle projectname name"
      .split(" "),
  presenters:
    "主讲人 主讲 路演人 汇报人 答辩人 演讲人 报告人 负责人 项目负责人 presenters presenter speaker speakers"
      .split(" "),
  organisation:
    "单位 机构 所属单位 完成单位 申报单位 公司 企业 学校 organisation organization affiliation institution company"
      .split(" "),
  field: "领域 技术领域 所属领域 行业 方向 学科 field fields industry sector discipline area"
    .split(" "),
  abstract: "摘要 简介 项目简介 项目介绍 成果简介 介绍 abstract summary description introduction"
    .split(" "),
  times: "时间 时长 时间安排 陈述+问答 times time minutes timing pitch+q&a pitch+qa".split(" "),
  pitch:
    "陈述 陈述分钟 陈述时间 陈述时长 路演时间 路演时长 汇报时间 答辩时间 pitch pitchminutes pitchtime"
      .split(" "),
  qa:
    "问答 问答分钟 问答时间 问答时长 提问时间 答疑 q&a qa q&aminutes qaminutes questions questionminutes"
      .split(" "),
};

/** @type {Map<string, Column>} */
const COLUMNS = new Map(
  Object.entries(NAMES).flatMap(([column, names]) =>
    names.map((name) => /** @type {[string, Column]} */ ([name, column]))
  ),
);

/** Without spaces, case, what stands in brackets, and a mark of what must be filled in. */
/** @param {string} name */
const plainName = (name) => name.normalize("NFKC").toLowerCase().replace(/\(.*?\)|[\s*:_\-/]/g, "");

/**
 * @param {string[]} cells of the first row
 * @returns {{columns: (Column | null)[], ignored: string[]} | null} null: it is no header, as no
 *   column is the title's
 */
export function columnsOf(cells) {
  /** @type {(Column | null)[]} */
  const columns = [];
  for (const cell of cells) {
    const column = COLUMNS.get(plainName(cell)) ?? null;
    columns.push(columns.includes(column) ? null : column);
  }
  if (!columns.includes("title")) return null;
  const ignored = cells.filter((cell, at) => cell !== "" && columns[at] === null);
  return { columns, ignored };
}
