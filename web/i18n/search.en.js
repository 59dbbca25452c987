// The texts of search, fetched with its page, in English.

/** @type {Record<string, import("../app/i18n.js").Message>} */
export default {
  "search.title": "Search",
  "search.field": "Rooms, projects, what was said and asked, slides, events and people",
  "search.run": "Search",
  "search.start": "What are you looking for?",
  "search.startText":
    "One character is enough. Words in quotes must stand together; of several words, all must appear.",
  "search.short": "Nothing to search for",
  "search.shortText": "Type at least one letter, digit or Chinese character, and at most 16 words.",
  "search.failed": "The search did not finish",
  "search.nothing": "Nothing found",
  "search.nothingText":
    "Try other words, or fewer of them. What you may not see in a room does not appear here.",
  "search.nothingChosen": "There is nothing with what is chosen.",
  "search.all": "Clear choices",
  "search.found": { one: "{count} result", other: "{count} results" },
  "search.foundMany": "Very many results; here are the newest {count}",
  "search.loose": {
    one: "Nothing fits in full; {count} result comes close",
    other: "Nothing fits in full; {count} results come close",
  },
  "search.building":
    "The index is being built ({share}%). Results may be incomplete and update by themselves.",
  "search.more": "More results",
  "search.page": "Page {n}",
  "search.said": "{name}: ",
  "search.by.kind": "Kind",
  "search.by.state": "Room",
  "search.by.year": "Year",
  "search.by.field": "Field",
  "search.kind.room": "Room",
  "search.kind.slot": "Project",
  "search.kind.slide": "Slides",
  "search.kind.chat": "Chat",
  "search.kind.question": "Question",
  "search.kind.answer": "Written answer",
  "search.kind.announcement": "Announcement",
  "search.kind.caption": "Caption",
  "search.kind.event": "Event",
  "search.kind.person": "Profile",
  "search.state.live": "Live",
  "search.state.coming": "Coming",
  "search.state.past": "Past",
};
