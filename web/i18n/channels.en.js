// Texts of the chat's channels and of calling by name, in English.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "error.chat.too_many_mentions": "A message mentions at most {limit} people.",
  "error.chat.mentions_outsider": "Somebody you mention cannot read this channel.",
  "channel.label": "Chat channels",
  "channel.everyone": "Everyone",
  "channel.staff": "Staff",
  "channel.judges": "Judges",
  "channel.slot": "Back room: {title}",
  "channel.empty": "Nobody has said anything in this channel yet.",
  "channel.readers.everyone": "Seen by everyone",
  "channel.readers.staff": "Seen by staff only",
  "channel.readers.judges": "Seen by judges and staff only",
  "channel.readers.slot": "Seen by its presenters and staff only",
  "channel.field.everyone": "Say something to everyone",
  "channel.field.staff": "Say something to staff",
  "channel.field.judges": "Say something to judges and staff",
  "channel.field.slot": "Say something to presenters and staff",
  "mention.label": "People to mention",
  "mention.found": {
    one: "{n} person to choose; Enter takes it",
    other: "{n} people to choose from; arrow keys move, Enter takes one",
  },
};
