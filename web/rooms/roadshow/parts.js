// What only some people of a room have: fetched by those.

export const people = async () => (await import("./people.js")).People;
export const runOfShow = async () => (await import("./run-of-show.js")).RunOfShow;
export const presenterDesk = async () => (await import("./presenter-desk.js")).PresenterDesk;
