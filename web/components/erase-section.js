// One's data: to take along, and to have erased.
import { h, useState } from "../vendor/preact.js";
import { ApiError, postJSON } from "../app/api.js";
import { errorText, t } from "../app/i18n.js";
import { me } from "../app/me.js";
import { Dialog } from "./dialog.js";
import { FormProblem, LineField } from "./fields.js";

/** @import { Problem } from "./fields.js" */

export function EraseSection() {
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState(/** @type {import("../types.d.ts").Fields | null} */ (null));
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      setDone(await postJSON("/api/v1/account/erase", { password }));
      setProblem(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem({ field: "erase-password", text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  const leave = () => {
    me.become(null);
    location.replace("/");
  };
  return h(
    "section",
    { class: "card", "aria-labelledby": "own-data" },
    h("h2", { id: "own-data" }, t("ownData.title")),
    h("p", { class: "quiet" }, t("ownData.why")),
    h(
      "p",
      { class: "actions" },
      h(
        "a",
        { class: "button", href: "/api/v1/account/export", download: "luyan-account.json" },
        t("ownData.export"),
      ),
      h("button", { type: "button", onClick: () => setAsking(true) }, t("ownData.erase")),
    ),
    asking && h(
      Dialog,
      { title: t("ownData.erase"), close: () => done ? leave() : setAsking(false) },
      done
        ? [
          h("p", { role: "status" }, t("ownData.erased", { n: done.erased, kept: done.kept })),
          done.pending && h("p", null, t("ownData.pending")),
          h(
            "p",
            { class: "actions" },
            h("button", { type: "button", class: "primary", onClick: leave }, t("common.home")),
          ),
        ]
        : h(
          "form",
          { onSubmit: submit, noValidate: true },
          h("p", null, t("ownData.eraseWhy")),
          h(LineField, {
            name: "erase-password",
            label: t("account.field.current"),
            value: password,
            edit: setPassword,
            problem,
            more: { type: "password", autocomplete: "current-password", maxLength: 200 },
          }),
          h(FormProblem, { problem }),
          h(
            "p",
            { class: "actions" },
            h(
              "button",
              { type: "submit", class: "primary", disabled: busy },
              t("ownData.eraseNow"),
            ),
            h("button", { type: "button", onClick: () => setAsking(false) }, t("common.back")),
          ),
        ),
    ),
  );
}
