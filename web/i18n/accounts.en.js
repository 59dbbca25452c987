// The texts of accounts and sign-in in English; the keys are those of accounts.zh-CN.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "error.invite.invalid":
    "The link is used, expired or incomplete. Ask the organiser for a new one.",
  "error.account.required": "This needs an account. Sign in or register first.",
  "error.account.malformed":
    "What you entered for {field} is not taken. Allowed: {expected}. Nothing was changed.",
  "error.account.refused":
    "Contact or password is wrong, or the account is closed. You can set a new password.",
  "error.account.code_refused":
    "The code is wrong or no longer good. After five tries, ask for a new one.",
  "error.two_step.required":
    "Turn on two-step sign-in for your account first; this site asks for it.",
};
