// Slides of one slot: page images, sent one after the other and placed in order, or one PDF.
import { h, useRef, useState } from "../../vendor/preact.js";
import { ApiError, uploadFile } from "../../app/api.js";
import { errorText, t, texts } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { kindOf, placeDocument, takesPresentation } from "./slide-document.js";

/** @import { Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** Rooms for which this person confirmed that nothing classified goes up. @type {Set<string>} */
const confirmed = new Set();

/** @param {{store: RoomStore, slot: Slot, room: string}} props */
export function SlideUpload({ store, slot, room }) {
  const [progress, setProgress] = useState(
    /** @type {{value: number, max: number, text: string} | null} */ (null),
  );
  const [problem, setProblem] = useState("");
  const [asking, setAsking] = useState(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const begin = () => {
    if (confirmed.has(room)) field.current?.click();
    else setAsking(true);
  };
  const confirm = () => {
    confirmed.add(room);
    field.current?.click();
  };

  /** @param {any} event */
  const choose = async (event) => {
    const input = event.target;
    const files = inOrder([...input.files]);
    input.value = "";
    if (files.length === 0) return;
    setProblem("");
    const kind = kindOf(files);
    if (kind === "images") await placeImages(files);
    else if (kind === "document" || await isTaken(kind, files)) await placePages(files[0]);
    else setProblem(t(`slides.${kind}`));
    setProgress(null);
  };

  /** @param {File[]} files */
  const placeImages = async (files) => {
    const placed = [];
    let page = 0;
    try {
      for (const file of files) {
        page += 1;
        const text = t("slides.sending", { n: page, pages: files.length });
        const show = (/** @type {number} */ share) =>
          setProgress({ value: page - 1 + share, max: files.length, text });
        show(0);
        const kept = await uploadFile(room, file, show);
        placed.push(kept.file);
      }
      await store.send("slides.place", { slot: slot.id, files: placed });
      notices.show(t("slides.placed", { n: placed.length, title: slot.title }));
    } catch (error) {
      // A refused command has given its notice; an upload says here which page it was.
      if (!(error instanceof ApiError)) return;
      setProblem(t("slides.failed", { name: files[page - 1].name, why: errorText(error) }));
    }
  };

  /** @param {File} file */
  const placePages = async (file) => {
    try {
      const pages = await placeDocument(room, slot.id, file, (at) =>
        setProgress(
          "share" in at
            ? { value: at.share, max: 1, text: t("slides.sendingDocument") }
            : "converting" in at
            ? { value: 0, max: 1, text: t("slides.converting") }
            : { value: at.done, max: Math.max(1, at.pages), text: t("slides.making", at) },
        ));
      notices.show(t("slides.placed", { n: pages, title: slot.title }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(t("slides.failed", { name: file.name, why: documentError(error) }));
    }
  };

  return h(
    "div",
    { class: "upload" },
    h(
      "button",
      {
        type: "button",
        disabled: progress !== null,
        "aria-label": t(slot.pages.length > 0 ? "slides.replaceFor" : "slides.chooseFor", {
          title: slot.title,
        }),
        onClick: begin,
      },
      t(slot.pages.length > 0 ? "slides.replace" : "slides.choose"),
    ),
    h("input", {
      ref: field,
      type: "file",
      hidden: true,
      multiple: true,
      // Presentations can be chosen, also to be told how they become a PDF.
      accept: "image/png,image/jpeg,image/webp,application/pdf,.ppt,.pptx,.odp",
      onChange: choose,
    }),
    asking && h(ReasonDialog, {
      title: t("slides.confirmTitle"),
      text: t("slides.confirmText"),
      action: t("slides.confirm"),
      reason: "none",
      run: confirm,
      close: () => setAsking(false),
    }),
    progress
      ? h(
        "span",
        { class: "progress" },
        h("progress", {
          max: progress.max,
          value: progress.value,
          "aria-label": progress.text,
        }),
        progress.text,
      )
      : h("span", { class: "quiet" }, t("slides.count", { n: slot.pages.length })),
    problem && h("p", { class: "problem", role: "alert" }, problem),
  );
}

/** Whether that is one presentation which the server converts. @param {string} kind @param {File[]} files */
async function isTaken(kind, files) {
  if (kind !== "presentation" || files.length > 1) return false;
  try {
    return await takesPresentation(files[0]);
  } catch (error) {
    if (error instanceof ApiError) return false; // How it becomes a PDF helps in any case.
    throw error;
  }
}

/** What is wrong with a document, as its own words have it. @param {ApiError} error */
function documentError(error) {
  const own = `slides.why.${error.code}`;
  return own in texts.messages ? t(own) : errorText(error);
}

/** By name, and 2 before 10. @param {File[]} files */
function inOrder(files) {
  const order = new Intl.Collator(undefined, { numeric: true });
  return files.sort((one, other) => order.compare(one.name, other.name));
}
