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
  "me.signIn": "Sign in",
  "me.account": "My account",
  "signIn.title.signIn": "Sign in",
  "signIn.title.second": "Second step: a code",
  "signIn.title.register": "Make an account",
  "signIn.title.verify": "Verify your contact",
  "signIn.title.reset": "Reset the password",
  "signIn.title.renew": "A new password",
  "signIn.why.signIn":
    "To watch and ask needs no account. With one you are the same person on every device.",
  "signIn.why.second":
    "Type the six digits of your authenticator app, or one of your recovery codes.",
  "signIn.why.register":
    "The name card that you left becomes your account; in every room you stay who you are.",
  "signIn.why.verify":
    "A code went to {contact}, good for ten minutes. If it does not come, look into the junk mail, or begin again.",
  "signIn.why.reset": "A code will go to this contact.",
  "signIn.why.renew": "If {contact} has an account, a code went there, good for ten minutes.",
  "signIn.field.name": "Name",
  "signIn.field.contact": "E-mail address or mobile number",
  "signIn.field.password": "Password",
  "signIn.field.code": "Code",
  "signIn.contactHint": "Such as name@example.org or +86 138 0000 0000",
  "signIn.passwordHint": "10 characters at least, and none of the usual ones",
  "signIn.passwordShort": "A password has 10 characters at least.",
  "signIn.need.name": "Say your name.",
  "signIn.need.contact": "Say your e-mail address or mobile number.",
  "signIn.need.password": "Type the password.",
  "signIn.need.code": "Type the code.",
  "signIn.do.signIn": "Sign in",
  "signIn.do.second": "Sign in",
  "signIn.do.register": "Send the code",
  "signIn.do.verify": "Finish",
  "signIn.do.reset": "Send the code",
  "signIn.do.renew": "Keep the new password",
  "signIn.way.signIn": "Back to signing in",
  "signIn.way.register": "Make an account",
  "signIn.way.reset": "Forgot the password",
  "signIn.renewed": "The new password is kept; sign in with it",
  "signIn.already": "You are signed in: {contact}",
  "account.title": "My account",
  "account.stranger": "Sign in first",
  "account.strangerText": "This page is for those who have an account.",
  "account.failed": "The account did not load",
  "account.profile": "Profile",
  "account.saved": "The profile is kept",
  "account.field.name": "Name",
  "account.field.organisation": "Organisation (optional)",
  "account.field.titles": "Titles, apart by commas (optional)",
  "account.field.fields": "Fields, apart by commas (optional)",
  "account.field.current": "Present password",
  "account.field.password": "New password",
  "account.password": "Password",
  "account.passwordChange": "Change the password",
  "account.passwordDone": {
    one: "The password is changed; {n} other sign-in ended",
    other: "The password is changed; {n} other sign-ins ended",
  },
  "account.signIns": "Sign-ins",
  "account.someDevice": "Some device",
  "account.here": "This device",
  "account.end": "End",
  "account.endOthers": "End all others",
  "twoStep.title": "Two-step sign-in",
  "twoStep.isOff":
    "It is off. When on, a code of your authenticator app is asked for besides the password.",
  "twoStep.isOn": {
    one: "It is on; {n} recovery code is left.",
    other: "It is on; {n} recovery codes are left.",
  },
  "twoStep.begin": "Turn it on",
  "twoStep.remove": "Turn it off",
  "twoStep.removed": "Two-step sign-in is off",
  "twoStep.scan":
    "Scan this code with an authenticator app, and type the six digits that it shows.",
  "twoStep.qr": "QR code for an authenticator",
  "twoStep.byHand": "If you cannot scan, type this secret: ",
  "twoStep.code": "Six digits",
  "twoStep.confirm": "Confirm",
  "twoStep.codes": "Recovery codes",
  "twoStep.codesWhy":
    "Without your phone you sign in by one of these, each once. Write them down now: they are not shown again.",
  "twoStep.codesKept": "I wrote them down",
  "ownData.title": "My data",
  "ownData.why": "Take all that is kept of you along, or have it erased.",
  "ownData.export": "Download my data",
  "ownData.erase": "Erase my account",
  "ownData.eraseWhy":
    "The account, the name card and what you said are erased for good. Records of rooms that are closed stay as the law asks, linked to you no more; proofs stay valid.",
  "ownData.eraseNow": "Erase for good",
  "ownData.erased": {
    one:
      "The account is erased: {n} text went, {kept} stay as the law asks, linked to you no more.",
    other:
      "The account is erased: {n} texts went, {kept} stay as the law asks, linked to you no more.",
  },
};
