// The texts of checking in at the hall, fetched with it, in Chinese; the keys are those of hall.en.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "hall.title": "现场签到",
  "hall.explain": "把二维码放在会场入口。来宾扫码进入会场即算现场参会，与线上分开统计。",
  "hall.code": "现场签到二维码",
  "hall.scan": "扫码签到",
  "hall.poster": "保存签到海报",
  "hall.noPoster": "这个浏览器画不出海报，请复制链接。",
  "hall.copy": "复制签到链接",
  "hall.done": "已签到，欢迎来到现场",
  "hall.failed": "签到没有成功。",
  "hall.dismiss": "知道了",
  "hall.cardFirst": "您扫了现场签到码，留下名片即完成签到。",
  "hall.leaveCard": "留名片并签到",
  "hall.notHere": "我不在现场",
};
