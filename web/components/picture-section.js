// One's picture: choose, look at it, send it; or take it away.
import { h, useEffect, useRef, useState } from "../vendor/preact.js";
import { ApiError, deleteAt, sendFile } from "../app/api.js";
import { errorText, t } from "../app/i18n.js";
import { notices } from "../app/notices.js";
import { IMAGE_TYPES, squareOf } from "../app/square.js";
import { Portrait } from "./portrait.js";

/** @import { Fields, ProfilePage } from "../types.d.ts" */
/**
 * @typedef {{is: "kept"} | {is: "reading"} | {is: "chosen", picture: Blob, address: string}
 *   | {is: "sending", address: string, share: number}} State
 */

/** @param {{name: string, page: ProfilePage, show: (page: Fields) => void}} props */
export function PictureSection({ name, page, show }) {
  const [state, setState] = useState(/** @type {State} */ ({ is: "kept" }));
  const [problem, setProblem] = useState("");
  const use = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const choice = useRef(/** @type {HTMLInputElement | null} */ (null));
  const address = state.is === "chosen" || state.is === "sending" ? state.address : null;
  const returning = useRef(false);
  useEffect(() => {
    // The next step is at hand: what was chosen can be used by one key.
    if (state.is === "chosen") use.current?.focus();
  }, [state.is]);
  useEffect(() => {
    if (!returning.current) return;
    returning.current = false;
    choice.current?.focus();
  });
  useEffect(() => () => {
    if (address !== null) URL.revokeObjectURL(address);
  }, [address]);

  /** Back to what is kept, with the keyboard where it began. */
  const settle = () => {
    returning.current = true;
    setState({ is: "kept" });
  };
  /** @param {any} event */
  const choose = async (event) => {
    const file = event.target.files[0];
    event.target.value = "";
    if (!file) return;
    setProblem("");
    setState({ is: "reading" });
    const picture = IMAGE_TYPES.includes(file.type) ? await squareOf(file) : null;
    if (picture === null) {
      setProblem(t("error.file.unsupported"));
      settle();
      return;
    }
    setState({ is: "chosen", picture, address: URL.createObjectURL(picture) });
  };
  /** @param {Blob} picture @param {string} address */
  const send = async (picture, address) => {
    setProblem("");
    setState({ is: "sending", address, share: 0 });
    try {
      show(
        await sendFile(
          "/api/v1/account/picture",
          picture,
          (share) => setState({ is: "sending", address, share }),
        ),
      );
      notices.show(t("picture.kept"));
      settle();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(errorText(error));
      setState({ is: "chosen", picture, address });
    }
  };
  const remove = async () => {
    setProblem("");
    try {
      await deleteAt("/api/v1/account/picture");
      show({ ...page, picture: null });
      notices.show(t("picture.removed"));
      settle();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(errorText(error));
    }
  };
  return h(
    "section",
    { class: "card", "aria-labelledby": "picture" },
    h("h2", { id: "picture" }, t("picture.title")),
    h(
      "div",
      { class: "picture" },
      h(Portrait, {
        name,
        picture: address ?? page.picture,
        alt: t(address ? "picture.chosen" : "picture.yours"),
      }),
      h("div", { class: "upload" }, steps()),
    ),
    h("p", { class: "quiet" }, t("picture.why")),
    problem && h("p", { class: "problem", role: "alert" }, problem),
  );

  function steps() {
    if (state.is === "sending") {
      return h(
        "span",
        { class: "progress", role: "status" },
        h("progress", { max: 1, value: state.share, "aria-label": t("picture.sending") }),
        t("picture.sending"),
      );
    }
    if (state.is === "chosen") {
      const { picture, address } = state;
      return [
        h(
          "button",
          { type: "button", class: "primary", ref: use, onClick: () => send(picture, address) },
          t("picture.use"),
        ),
        h("button", { type: "button", onClick: settle }, t("picture.cancel")),
      ];
    }
    return [
      h(
        "label",
        { class: "button" },
        t(page.picture ? "picture.replace" : "picture.choose"),
        h("input", {
          type: "file",
          class: "unseen",
          ref: choice,
          accept: IMAGE_TYPES.join(","),
          disabled: state.is === "reading",
          onChange: choose,
        }),
      ),
      page.picture &&
      h("button", { type: "button", onClick: remove }, t("picture.remove")),
      state.is === "reading" && h("span", { role: "status" }, t("common.loading")),
    ];
  }
}
