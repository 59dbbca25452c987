// The HTTP interface: JSON in and out, refusals as one error with the server's code.

/** @import { Action, Fields, Person, Site } from "../types.d.ts" */

export class ApiError extends Error {
  /** @param {{status: number, code: string, action?: Action, data?: Fields}} problem */
  constructor({ status, code, action, data }) {
    super(code);
    this.status = status;
    this.code = code;
    this.action = action ?? "give_up";
    this.data = data ?? {};
  }
}

/** @param {string} path @returns {Promise<Fields>} @throws {ApiError} */
export function getJSON(path) {
  return request("GET", path);
}

/** @param {string} path @param {unknown} body @returns {Promise<Fields>} @throws {ApiError} */
export function postJSON(path, body) {
  return request("POST", path, body);
}

/** @param {string} path @param {unknown} body @returns {Promise<Fields>} @throws {ApiError} */
export function putJSON(path, body) {
  return request("PUT", path, body);
}

/** @param {string} path @returns {Promise<Fields>} @throws {ApiError} */
export function deleteAt(path) {
  return request("DELETE", path);
}

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<Fields>} */
async function request(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
  } catch {
    throw new ApiError({ status: 0, code: "client.no_connection", action: "wait" });
  }
  return answer(response.status, await response.text());
}

/** @param {number} status @param {string} text @returns {Fields} @throws {ApiError} */
function answer(status, text) {
  /** @type {Fields} */
  let json = {};
  try {
    if (text !== "") json = JSON.parse(text);
  } catch {
    throw new ApiError({ status, code: "client.bad_answer", action: "reload" });
  }
  if (status >= 200 && status < 300) return json;
  throw new ApiError({
    status,
    code: json.code ?? "client.bad_answer",
    action: json.action,
    data: json.data,
  });
}

/** Who reads: `person` is null for a visitor, `account` for a guest. */
/** @returns {Promise<import("../types.d.ts").Session>} */
export async function getSession() {
  const { person, account } = await getJSON("/api/v1/session");
  return { person, account: account ?? null };
}

/** @param {{name: string, organisation?: string, kind?: string}} card @returns {Promise<Person>} */
export async function leaveCard(card) {
  return (await postJSON("/api/v1/session/guest", card)).person;
}

/** @param {{token: string, name?: string}} invitation */
export function useInvitation(invitation) {
  return postJSON("/api/v1/session/invite", invitation);
}

/**
 * A sign-in link: for one person, or for as many as `uses` says.
 * @param {string} room
 * @param {{role: string, slot?: string, uses?: number, hours?: number}} who
 * @returns {Promise<Fields>} `url`, without the origin
 */
export function makeLink(room, who) {
  return postJSON(`/api/v1/rooms/${room}/invites`, who);
}

/** The address of such a link. @param {string} room @param {{role: string, slot?: string}} who */
export async function makeInvitation(room, who) {
  const { url } = await makeLink(room, who);
  return new URL(url, location.origin).href;
}

export function signOut() {
  return request("DELETE", "/api/v1/session");
}

/** @type {Promise<Site> | null} */
let site = null;

/** Asked once a page load; a failure is forgotten, so that it is asked again. @returns {Promise<Site>} */
export function getSite() {
  site ??= /** @type {Promise<Site>} */ (getJSON("/api/v1/site")).catch((error) => {
    site = null;
    throw error;
  });
  return site;
}

/**
 * Uploads one page image.
 * @param {string} room
 * @param {File} file
 * @param {(share: number) => void} progress 0...1
 * @returns {Promise<Fields>}
 */
export function uploadFile(room, file, progress) {
  return sendFile(`/api/v1/rooms/${room}/files`, file, progress);
}

/**
 * Sends a file as a body; XMLHttpRequest, because fetch reports no progress of one.
 * @param {string} path
 * @param {Blob} file
 * @param {(share: number) => void} progress 0...1
 * @param {AbortSignal} [signal] gives it up, with `client.cancelled`
 * @returns {Promise<Fields>}
 */
export function sendFile(path, file, progress, signal) {
  return new Promise((done, failed) => {
    const upload = new XMLHttpRequest();
    signal?.addEventListener("abort", () => upload.abort());
    upload.onabort = () => {
      failed(new ApiError({ status: 0, code: "client.cancelled", action: "give_up" }));
    };
    upload.open("POST", path);
    upload.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    upload.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    upload.onerror = () => {
      failed(new ApiError({ status: 0, code: "client.no_connection", action: "wait" }));
    };
    upload.onload = () => {
      try {
        done(answer(upload.status, upload.responseText));
      } catch (error) {
        failed(error);
      }
    };
    upload.send(file);
  });
}
