// The texts of checking in at the hall, fetched with it, in English; the keys are those of hall.zh-CN.js.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "hall.title": "Check-in at the hall",
  "hall.explain":
    "Put this code at the entrance. Who scans it enters the room and counts as on site, apart from those online.",
  "hall.code": "QR code for checking in at the hall",
  "hall.scan": "Scan to check in",
  "hall.poster": "Save a poster",
  "hall.noPoster": "This browser draws no poster; copy the link.",
  "hall.copy": "Copy the check-in link",
  "hall.done": "Checked in. Welcome to the hall",
  "hall.failed": "Checking in failed.",
  "hall.dismiss": "All right",
  "hall.cardFirst": "You scanned the hall's code. Leave a name card to check in.",
  "hall.leaveCard": "Leave a card and check in",
  "hall.notHere": "I am not in the hall",
};
