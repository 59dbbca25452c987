// Why media cannot be had, as codes that a page has texts for.

/**
 * @typedef {"media.no_encoder" | "media.no_player" | "media.insecure_context"
 *   | "media.permission_denied" | "media.no_device" | "media.device_busy" | "media.cancelled"
 *   | "media.failed"} MediaCode
 */

export class MediaRefused extends Error {
  /** @param {string} code one of ours, or the server's @param {unknown} [cause] */
  constructor(code, cause) {
    super(code, { cause });
    this.code = code;
  }
}

/** The names of getUserMedia's and getDisplayMedia's refusals (Media Capture §10.3). */
/** @type {Record<string, MediaCode>} */
const CODES = {
  NotAllowedError: "media.permission_denied",
  SecurityError: "media.permission_denied",
  NotFoundError: "media.no_device",
  OverconstrainedError: "media.no_device",
  NotReadableError: "media.device_busy",
  AbortError: "media.device_busy",
};

/** @param {unknown} error @param {boolean} screen where a refusal is the reader's "cancel" */
export function refusalOf(error, screen = false) {
  if (error instanceof MediaRefused) return error;
  const name = error instanceof Error ? error.name : "";
  const code = CODES[name] ?? "media.failed";
  const cancelled = screen && code === "media.permission_denied";
  return new MediaRefused(cancelled ? "media.cancelled" : code, error);
}
