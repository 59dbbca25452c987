// A slot's slides as one PDF: sent, then made into page images on the server, which places them.
import { ApiError, getJSON, getSite, sendFile } from "../../app/api.js";

const ASK_EVERY = 500; // milliseconds
/** Without an answer so often the line is gone. */
const MOST_FAILURES = 20;

/** @typedef {{converting: true} | {done: number, pages: number} | {share: number}} DocumentProgress sent, then pages made */

/** What can be done with the files that somebody chose. */
/** @param {File[]} files @returns {"images" | "document" | "presentation" | "mixed"} */
export function kindOf(files) {
  const documents = files.filter(isDocument).length;
  if (files.some(({ name }) => /\.(pptx?|odp|key)$/i.test(name))) return "presentation";
  if (documents === 0) return "images";
  return documents === 1 && files.length === 1 ? "document" : "mixed";
}

/** Whether the server makes slides of what is no PDF. @param {File} file */
export async function takesPresentation({ name }) {
  if (!/\.(pptx|odp)$/i.test(name)) return false;
  const { uploads } = /** @type {any} */ (await getSite());
  return uploads.presentations === true && uploads.documentBytes > 0;
}

/** @param {File} file */
function isDocument({ name, type }) {
  return type === "application/pdf" || /\.pdf$/i.test(name);
}

/**
 * @param {string} room @param {string} slot @param {File} file
 * @param {(progress: DocumentProgress) => void} progress
 * @returns {Promise<number>} pages that are placed; a refusal throws its `ApiError`
 */
export async function placeDocument(room, slot, file, progress) {
  const { uploads } = /** @type {any} */ (await getSite());
  if (!uploads.documentBytes) throw refusal("slide.no_converter");
  if (file.size > uploads.documentBytes) {
    throw refusal("request.too_large", { limit: uploads.documentBytes });
  }
  const path = `/api/v1/rooms/${room}/slots/${slot}/slides`;
  let state = await sendFile(path, file, (share) => progress({ share }));
  let failures = 0;
  while (state.state === "making" || state.state === "converting") {
    progress(
      state.state === "making" ? { done: state.done, pages: state.pages } : { converting: true },
    );
    await new Promise((done) => setTimeout(done, ASK_EVERY));
    try {
      state = await getJSON(path);
      failures = 0;
    } catch (error) {
      // A lost line is no failure of the document: it is made on the server.
      const isLost = error instanceof ApiError && error.status === 0;
      if (!isLost || ++failures > MOST_FAILURES) throw error;
    }
  }
  if (state.state === "ready") return state.pages;
  throw refusal(state.state === "failed" ? state.why : "slides.lost");
}

/** @param {string} code @param {Record<string, unknown>} [data] */
function refusal(code, data) {
  return new ApiError({ status: 0, code, action: "mend", data });
}
