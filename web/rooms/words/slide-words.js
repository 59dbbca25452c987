// The words on slides: those of the page that is shown, to be read aloud, and a search over all pages.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError, getJSON } from "../../app/api.js";
import { t } from "../../app/i18n.js";
import { Dialog } from "../../components/dialog.js";
import { LoadProblem } from "../../components/load-problem.js";
import { fileAddress } from "../roadshow/slides.js";
import { find } from "./find.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { Slides } from "../roadshow/slides.js" */
/** @import { Found } from "./find.js" */

const PAUSE = 300; // milliseconds that a page rests before its words are asked for

/**
 * @template T
 * @typedef {{is: "loading"} | {is: "failed", error: ApiError} | {is: "there", value: T}} Answer
 */

/** @param {{room: Room, id: string, slides: Slides, close: () => void}} props */
export function SlideWords({ room, id, slides, close }) {
  const { slot, page, leads } = slides;
  if (!slot || slot.pages.length === 0) {
    return h(Dialog, { title: t("words.title"), close }, h("p", null, t("words.noSlides")));
  }
  /** @param {number} page */
  const choose = (page) => {
    slides.goTo(page);
    close();
  };
  return h(
    Dialog,
    { title: t("words.title"), close },
    // Of a closed matter each page that is looked at is noted: nothing of it is searched.
    room.door.terms
      ? h("p", { class: "quiet" }, t("words.matter"))
      : h(Search, { key: slot.id, id, slot, leads, choose }),
    h(PageWords, { id, slot, page }),
  );
}

/** @param {{id: string, slot: Slot, leads: boolean, choose: (page: number) => void}} props */
function Search({ id, slot, leads, choose }) {
  const [asked, setAsked] = useState("");
  const files = slot.pages.map(({ file }) => file).join();
  const [answer, again] = useAnswer(`/api/v1/rooms/${id}/slots/${slot.id}/texts`, files, 0);
  /** @type {string[]} */
  const texts = answer.is === "there"
    ? answer.value.pages.map((/** @type {any} */ p) => p.text)
    : [];
  const isEmpty = answer.is === "there" && texts.every((text) => text === "");
  return h(
    "form",
    {
      class: "words-search",
      role: "search",
      onSubmit: (/** @type {Event} */ event) => event.preventDefault(),
    },
    h(
      "label",
      { class: "field" },
      h("span", null, t("words.search")),
      h("input", {
        type: "search",
        value: asked,
        maxLength: 100,
        autofocus: true,
        autocomplete: "off",
        disabled: isEmpty,
        onInput: (/** @type {any} */ event) => setAsked(event.target.value),
      }),
    ),
    leads && h("p", { class: "quiet" }, t("words.leads")),
    answer.is === "loading"
      ? h("p", { class: "quiet", role: "status" }, t("common.loading"))
      : answer.is === "failed"
      ? h(LoadProblem, { error: answer.error, again, small: true })
      : isEmpty
      ? h("p", { class: "quiet", role: "status" }, t("words.pictures"))
      : h(Results, { found: find(texts, asked), asked, choose }),
  );
}

/** @param {{found: Found[], asked: string, choose: (page: number) => void}} props */
function Results({ found, asked, choose }) {
  const none = asked.trim() === "";
  return [
    h(
      "p",
      { class: "quiet", role: "status" },
      none ? "" : found.length === 0 ? t("words.none") : t("words.found", { n: found.length }),
    ),
    found.length > 0 && h(
      "ol",
      { class: "words-found" },
      found.map(({ page, parts }) =>
        h(
          "li",
          { key: page },
          h(
            "button",
            { type: "button", onClick: () => choose(page) },
            h("strong", null, t("words.page", { page })),
            h(
              "span",
              null,
              parts.map(({ text, marked }, index) =>
                marked ? h("mark", { key: index }, text) : text
              ),
            ),
          ),
        )
      ),
    ),
  ];
}

/** The words of the page that is shown. @param {{id: string, slot: Slot, page: number}} props */
function PageWords({ id, slot, page }) {
  const file = slot.pages[page - 1]?.file ?? "";
  const [answer, again] = useAnswer(`${fileAddress(id, file)}/text`, file, PAUSE);
  const words = answer.is === "there" ? answer.value.text : "";
  return h(
    "section",
    { class: "page-words", "aria-label": t("words.ofPage", { page }) },
    h("h3", null, t("words.ofPage", { page })),
    answer.is === "loading"
      ? h("p", { class: "quiet", role: "status" }, t("common.loading"))
      : answer.is === "failed"
      ? h(LoadProblem, { error: answer.error, again, small: true })
      : words === ""
      ? h("p", { class: "quiet" }, t("words.noneHere"))
      : h("p", { tabIndex: 0 }, words),
  );
}

/**
 * What the server has at an address, asked for anew when `version` is another.
 * @param {string} path @param {string} version @param {number} pause milliseconds before it is asked
 * @returns {[Answer<any>, () => void]}
 */
function useAnswer(path, version, pause) {
  const [answer, setAnswer] = useState(/** @type {Answer<any>} */ ({ is: "loading" }));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isOld = false;
    setAnswer({ is: "loading" });
    const timer = setTimeout(async () => {
      try {
        const value = await getJSON(path);
        if (!isOld) setAnswer({ is: "there", value });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!isOld) setAnswer({ is: "failed", error });
      }
    }, pause);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [path, version, tries]);
  return [answer, () => setTries(tries + 1)];
}
