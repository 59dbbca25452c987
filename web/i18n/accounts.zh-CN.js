// The texts of accounts and sign-in in Chinese; the keys are those of accounts.en.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "error.invite.invalid": "链接已用过、已过期或不完整。请向主办方再要一条。",
  "error.account.required": "这一步需要账户，请先登录或注册。",
  "error.account.malformed": "{field} 填写的内容不被接受，允许的是：{expected}。未作任何改动。",
  "error.account.refused": "联系方式或密码不对，或账户已关闭。可以重设密码。",
  "error.account.code_refused": "验证码不对或已失效。输错五次后请重新获取。",
  "error.two_step.required": "本站要求两步登录，请先为账户开启。",
};
