// Page images of one slot: chosen at once, sent one after the other, then placed in order.
import { h, useRef, useState } from "../../vendor/preact.js";
import { ApiError, uploadFile } from "../../app/api.js";
import { errorText, t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { ReasonDialog } from "../../components/reason-dialog.js";

/** @import { Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** Rooms for which this person confirmed that nothing classified goes up. @type {Set<string>} */
const confirmed = new Set();

/** @param {{store: RoomStore, slot: Slot, room: string}} props */
export function SlideUpload({ store, slot, room }) {
  const [progress, setProgress] = useState(
    /** @type {{page: number, pages: number, share: number} | null} */ (null),
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
    const placed = [];
    let page = 0;
    try {
      for (const file of files) {
        page += 1;
        const at = { page, pages: files.length };
        setProgress({ ...at, share: 0 });
        const kept = await uploadFile(room, file, (share) => setProgress({ ...at, share }));
        placed.push(kept.file);
      }
      await store.send("slides.place", { slot: slot.id, files: placed });
      notices.show(t("slides.placed", { n: placed.length, title: slot.title }));
    } catch (error) {
      // A refused command has given its notice; an upload says here which page it was.
      if (error instanceof ApiError) {
        setProblem(t("slides.failed", { name: files[page - 1].name, why: errorText(error) }));
      }
    }
    setProgress(null);
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
      accept: "image/png,image/jpeg,image/webp",
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
          max: progress.pages,
          value: progress.page - 1 + progress.share,
          "aria-label": t("slides.sending", { n: progress.page, pages: progress.pages }),
        }),
        t("slides.sending", { n: progress.page, pages: progress.pages }),
      )
      : h("span", { class: "quiet" }, t("slides.count", { n: slot.pages.length })),
    problem && h("p", { class: "problem", role: "alert" }, problem),
  );
}

/** By name, and 2 before 10. @param {File[]} files */
function inOrder(files) {
  const order = new Intl.Collator(undefined, { numeric: true });
  return files.sort((one, other) => order.compare(one.name, other.name));
}
