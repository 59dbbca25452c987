// Where the room's page gets checking in at the hall from: fetched by those who do, and by moderators.
import { part } from "../../app/part.js";

const looks = { catalogues: ["hall"], styles: ["hall"] };

export const checkIn = async () => (await part(import("./check-in.js"), looks)).CheckIn;
export const hallPanel = async () => (await part(import("./hall-panel.js"), looks)).HallPanel;
