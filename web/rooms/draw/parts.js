// Where the room's page gets the order of slots and its draw from: fetched by those who need it.
import { part } from "../../app/part.js";

const looks = { catalogues: ["draw"], styles: ["draw"] };

export const orderDesk = async () => (await part(import("./order-desk.js"), looks)).OrderDesk;
export const drawFacts = async () => (await part(import("./draw-facts.js"), looks)).DrawFacts;
export const contributor = async () => (await part(import("./contributor.js"), looks)).Contributor;
