// Checks a bundle or a log in the browser: the file stays on this machine.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { number, t, texts } from "../i18n.js";
import { fact } from "../../components/fact.js";
import { SiteHeader } from "../../components/site-header.js";

/** @import { Report } from "../../verify/bundle.js" */
/** @import { Fault } from "../../verify/fault.js" */
/**
 * @typedef {{is: "waiting"} | {is: "reading", share: number} | {is: "fits", report: Report}
 *   | {is: "broken", fault: Fault} | {is: "unusable", fault: Fault} | {is: "failed", cause: string}} State
 */

export function VerifyPage() {
  const [state, setState] = useState(/** @type {State} */ ({ is: "waiting" }));
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const worker = useRef(/** @type {Worker | null} */ (null));
  useEffect(() => {
    document.title = t("verify.title");
  }, [texts.language]);
  useEffect(() => () => worker.current?.terminate(), []);
  /** @param {File | undefined} file */
  const begin = (file) => {
    if (!file) return;
    worker.current?.terminate();
    setName(file.name);
    setState({ is: "reading", share: 0 });
    const one = new Worker(new URL("../../verify/worker.js", import.meta.url), { type: "module" });
    worker.current = one;
    one.onmessage = ({ data }) => setState(data);
    one.onerror = () => setState({ is: "failed", cause: "worker" });
    one.postMessage(file);
  };
  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page archive", tabIndex: -1 },
      h("h1", null, t("verify.title")),
      h("p", null, t("verify.text")),
      h(Drop, { begin }),
      h(
        "label",
        { class: "field" },
        h("span", null, t("verify.key")),
        h("span", { class: "quiet", id: "key-hint" }, t("verify.keyHint")),
        h("input", {
          value: key,
          spellcheck: false,
          autocomplete: "off",
          "aria-describedby": "key-hint",
          onInput: (/** @type {any} */ event) => setKey(event.target.value),
        }),
      ),
      h(
        "div",
        { role: "status", class: "archive-verdict" },
        h(Verdict, { state, name, key: "verdict", wanted: key.trim().toLowerCase() }),
      ),
      h("p", { class: "quiet" }, t("verify.other")),
      h("pre", { class: "archive-command", tabIndex: 0 }, t("verify.command")),
    ),
  ];
}

/** @param {{begin: (file: File | undefined) => void}} props */
function Drop({ begin }) {
  const [over, setOver] = useState(false);
  return h(
    "label",
    {
      class: over ? "archive-drop over" : "archive-drop",
      onDragOver: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        setOver(false);
        begin(event.dataTransfer?.files[0]);
      },
    },
    h("span", null, t("verify.drop")),
    h("input", {
      type: "file",
      accept: ".zip,.jsonl",
      onChange: (/** @type {any} */ event) => begin(event.target.files[0]),
    }),
  );
}

/** @param {{state: State, name: string, wanted: string}} props */
function Verdict({ state, name, wanted }) {
  switch (state.is) {
    case "waiting":
      return null;
    case "reading":
      return [
        h("p", null, t("verify.reading", { name })),
        h("progress", { max: 1, value: state.share, "aria-label": t("verify.progress") }),
      ];
    case "fits": {
      const { report } = state;
      if (wanted !== "" && wanted !== report.key) {
        return h(Told, { kind: "broken", title: t("verify.otherKey"), text: report.key });
      }
      const isKnown = wanted !== "" && report.signed;
      const why = report.signed ? "verify.consistentText" : "verify.unsignedText";
      return [
        h(Told, {
          kind: isKnown ? "verified" : "consistent",
          title: t(isKnown ? "verify.verified" : "verify.consistent"),
          text: t(isKnown ? "verify.verifiedText" : why),
        }),
        h(Facts, { report }),
      ];
    }
    case "broken":
      return h(Told, { kind: "broken", title: t("verify.broken"), text: faultText(state.fault) });
    case "unusable":
      return h(Told, { kind: "broken", title: t("verify.unusable"), text: faultText(state.fault) });
    case "failed":
      return h(Told, { kind: "broken", title: t("verify.failed"), text: state.cause });
  }
}

/** @param {{kind: string, title: string, text: string}} props */
function Told({ kind, title, text }) {
  return h(
    "div",
    { class: `archive-told ${kind}` },
    h("strong", null, title),
    h("p", null, text),
  );
}

/** @param {Fault} fault */
function faultText({ code, name = "", event }) {
  const text = t(`verify.fault.${code}`, { name });
  return event === undefined ? text : `${text} ${t("verify.at", { n: number(event) })}`;
}

/** @param {{report: Report}} props */
function Facts({ report }) {
  const { room, server, key, events, draws, scores, files } = report;
  return h(
    "dl",
    { class: "archive-facts" },
    fact(t("verify.room"), room),
    fact(t("verify.server"), server),
    fact(t("verify.events"), number(events)),
    files !== null && fact(t("verify.files"), number(files)),
    fact(t("verify.computed"), t("verify.computedText", { draws, scores })),
    fact(t("verify.fingerprint"), key),
  );
}
