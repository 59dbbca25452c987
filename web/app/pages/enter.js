// A link into an organisation: its token stands behind the #, and leaves the address.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError, postJSON } from "../api.js";
import { errorText, t } from "../i18n.js";
import { me } from "../me.js";
import { NameCardDialog } from "../../components/name-card.js";
import { SiteHeader } from "../../components/site-header.js";
import { StateCard } from "../../components/state-card.js";

/** @typedef {{is: "busy"} | {is: "stranger"} | {is: "failed", error: {code: string}, again: boolean}} State */

export function EnterPage() {
  const [token] = useState(() => location.hash.slice(1));
  const [state, setState] = useState(/** @type {State} */ ({ is: "busy" }));
  const [asking, setAsking] = useState(false);
  const enter = async () => {
    setState({ is: "busy" });
    try {
      const { id } = await postJSON("/api/v1/organisations/enter", { token });
      location.replace(`/o/${id}`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "session.required") setState({ is: "stranger" });
      else setState({ is: "failed", error, again: error.action === "wait" });
    }
  };
  useEffect(() => {
    history.replaceState(null, "", "/enter");
    if (!/^[0-9a-f]{64}$/.test(token)) {
      setState({ is: "failed", error: { code: "invite.invalid" }, again: false });
    } else if (me.person) enter();
    else setState({ is: "stranger" });
  }, []);
  return [
    h(SiteHeader, {}),
    h("main", { id: "main", class: "page narrow", tabIndex: -1 }, content()),
    asking && h(NameCardDialog, { close: () => setAsking(false), done: enter }),
  ];

  function content() {
    if (state.is === "busy") {
      return h(StateCard, { heading: true, title: t("enter.busy"), busy: true });
    }
    if (state.is === "stranger") {
      return h(StateCard, {
        heading: true,
        title: t("enter.stranger"),
        text: t("enter.strangerText"),
        button: { run: () => setAsking(true), text: t("me.leaveCard") },
      });
    }
    return h(StateCard, {
      heading: true,
      title: t(state.again ? "join.putOff" : "join.failed"),
      text: errorText(state.error),
      button: state.again ? { run: enter, text: t("common.tryAgain") } : undefined,
      link: { href: "/organisations", text: t("organisations.title") },
    });
  }
}
