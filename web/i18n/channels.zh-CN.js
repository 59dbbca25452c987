// Texts of the chat's channels and of calling by name, in Chinese.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "error.chat.too_many_mentions": "一条消息最多提到 {limit} 个人。",
  "error.chat.mentions_outsider": "提到的人看不到这个频道。",
  "channel.label": "聊天频道",
  "channel.everyone": "全场",
  "channel.staff": "工作人员",
  "channel.judges": "评委",
  "channel.slot": "候场间：{title}",
  "channel.empty": "这个频道里还没有人说话。",
  "channel.readers.everyone": "全场可见",
  "channel.readers.staff": "仅工作人员可见",
  "channel.readers.judges": "仅评委和工作人员可见",
  "channel.readers.slot": "仅本项目路演人和工作人员可见",
  "channel.field.everyone": "对全场说",
  "channel.field.staff": "对工作人员说",
  "channel.field.judges": "对评委和工作人员说",
  "channel.field.slot": "对本项目路演人和工作人员说",
  "mention.label": "可以提到的人",
  "mention.found": "{n} 个人可选，用上下键选择，回车确定",
};
