// What only some people of a room see: fetched by those.

export const doorPage = async () => (await import("../door/door-page.js")).DoorPage;
export const people = async () => (await import("./people.js")).People;
export const runOfShow = async () => (await import("./run-of-show.js")).RunOfShow;
export const presenterDesk = async () => (await import("./presenter-desk.js")).PresenterDesk;
