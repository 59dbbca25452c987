// Two-step sign-in: a QR code for an authenticator, a first code, and the recovery codes, shown once.
import { h, useState } from "../vendor/preact.js";
import { ApiError, postJSON } from "../app/api.js";
import { errorText, t } from "../app/i18n.js";
import { notices } from "../app/notices.js";
import { FormProblem, LineField } from "./fields.js";
import { QrCode } from "./qr-code.js";

/** @import { Fields } from "../types.d.ts" */
/** @import { Problem } from "./fields.js" */
/**
 * @typedef {{is: "rest"} | {is: "enrolling", secret: string, otpauth: string}
 *   | {is: "codes", codes: string[]}} Step
 */

/** @param {{account: Fields, load: () => void}} props */
export function TwoStepSection({ account, load }) {
  const [step, setStep] = useState(/** @type {Step} */ ({ is: "rest" }));
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);

  const isEnrolling = step.is === "enrolling";
  const next = async () => {
    if (isEnrolling) {
      const code = value.replace(/\s/g, "");
      const { recoveryCodes } = await postJSON("/api/v1/account/two-step/confirm", { code });
      setStep({ is: "codes", codes: recoveryCodes });
    } else if (account.twoStep) {
      await postJSON("/api/v1/account/two-step/remove", { password: value });
      notices.show(t("twoStep.removed"));
      load();
    } else {
      const { secret, otpauth } = await postJSON("/api/v1/account/two-step", { password: value });
      setStep({ is: "enrolling", secret, otpauth });
    }
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await next();
      setValue("");
      setProblem(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem({
        field: isEnrolling ? "two-step-code" : "two-step-password",
        text: errorText(error),
      });
    } finally {
      setBusy(false);
    }
  };
  if (step.is === "codes") {
    return h(
      "section",
      { class: "card", "aria-labelledby": "two-step" },
      h("h2", { id: "two-step" }, t("twoStep.codes")),
      h("p", null, t("twoStep.codesWhy")),
      h("ul", { class: "codes" }, step.codes.map((code) => h("li", { key: code }, code))),
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          {
            type: "button",
            class: "primary",
            onClick: () => {
              setStep({ is: "rest" });
              load();
            },
          },
          t("twoStep.codesKept"),
        ),
      ),
    );
  }
  return h(
    "form",
    { class: "card", onSubmit: submit, noValidate: true, "aria-labelledby": "two-step" },
    h("h2", { id: "two-step" }, t("twoStep.title")),
    step.is === "enrolling"
      ? [
        h("p", null, t("twoStep.scan")),
        h(QrCode, { text: step.otpauth, label: t("twoStep.qr") }),
        h("p", { class: "quiet" }, t("twoStep.byHand"), h("code", null, step.secret)),
      ]
      : h(
        "p",
        null,
        account.twoStep ? t("twoStep.isOn", { n: account.recoveryCodes }) : t("twoStep.isOff"),
      ),
    isEnrolling
      ? h(LineField, {
        key: "code",
        name: "two-step-code",
        label: t("twoStep.code"),
        value,
        edit: setValue,
        problem,
        more: { inputMode: "numeric", autocomplete: "one-time-code", maxLength: 10 },
      })
      : h(LineField, {
        key: "password",
        name: "two-step-password",
        label: t("account.field.current"),
        value,
        edit: setValue,
        problem,
        more: { type: "password", autocomplete: "current-password", maxLength: 200 },
      }),
    h(FormProblem, { problem }),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "submit", class: isEnrolling ? "primary" : undefined, disabled: busy },
        t(isEnrolling ? "twoStep.confirm" : account.twoStep ? "twoStep.remove" : "twoStep.begin"),
      ),
    ),
  );
}
