// What only some people of a room see: fetched by those, with its texts.
import { part } from "../../app/part.js";

const BESIDE = { catalogues: ["desk"] };

/** What few ask for, with texts that every page has. */
export const about = async () => (await import("./about.js")).About;
export const downloadLinks = async () => (await import("./about.js")).DownloadLinks;
export const heldMessages = async () => (await import("./held-messages.js")).HeldMessages;
export const doorPage = async () => (await part(import("../door/door-page.js"), BESIDE)).DoorPage;
export const people = async () => (await part(import("./people.js"), BESIDE)).People;
export const runOfShow = async () => (await part(import("./run-of-show.js"), BESIDE)).RunOfShow;
export const presenterDesk = async () =>
  (await part(import("./presenter-desk.js"), BESIDE)).PresenterDesk;
export const sharePanel = async () => (await part(import("./share-panel.js"), BESIDE)).SharePanel;
export const shareRoom = async () => (await part(import("./share-panel.js"), BESIDE)).ShareRoom;
export const aboutEvent = async () =>
  (await part(import("../../events/about-event.js"), BESIDE)).AboutEvent;
export const aboutMatter = async () =>
  (await part(import("../matter/about-matter.js"), BESIDE)).AboutMatter;
const late = () => part(import("../../replay/link.js"), { catalogues: ["late"] });
export const replayLink = async () => (await late()).ReplayLink;
export const fromStart = async () => (await late()).FromStart;
export const questionTools = async () =>
  (await part(import("../questions/tools.js"), { catalogues: ["questions"] })).QuestionTools;
