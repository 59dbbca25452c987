// The reader's own corner of the header: name card, and leaving.
import { h, useState } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { me } from "../app/me.js";
import { notices } from "../app/notices.js";
import { useObservable } from "../app/observable.js";
import { Affiliation } from "./affiliation.js";
import { Dialog } from "./dialog.js";
import { NameCardDialog } from "./name-card.js";

/** @param {{changed: () => void}} props `changed` after a card was left or the person signed out */
export function MeButton({ changed }) {
  useObservable(me);
  const [open, setOpen] = useState(/** @type {"card" | "menu" | null} */ (null));
  const { person } = me;
  const leave = () => {
    setOpen(null);
    me.leave().then(changed, (error) => notices.refuse(error));
  };
  return [
    !person && h("a", { class: "sign-in", href: signInHere() }, t("me.signIn")),
    h(
      "button",
      {
        type: "button",
        class: "me",
        title: person?.name,
        onClick: () => setOpen(person ? "menu" : "card"),
      },
      person ? person.name : t("me.leaveCard"),
    ),
    open === "card" && h(NameCardDialog, { close: () => setOpen(null), done: changed }),
    open === "menu" && h(
      Dialog,
      { title: person?.name ?? "", close: () => setOpen(null) },
      h(
        "p",
        { class: "person-facts quiet" },
        person?.organisation && h(Affiliation, { of: person, apart: true }),
        person?.kind && h("span", null, t(`kind.${person.kind}`)),
        !person?.organisation && !person?.kind && t("me.nameOnly"),
      ),
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          { type: "button", class: "primary", onClick: () => setOpen("card") },
          t("me.edit"),
        ),
        h(
          "a",
          { class: "button", href: me.account ? "/account" : `${signInHere()}&new` },
          t(me.account ? "me.account" : "signIn.way.register"),
        ),
        h("button", { type: "button", onClick: leave }, t("me.signOut")),
      ),
    ),
  ];
}

/** The way in, and back to this page. */
function signInHere() {
  return `/sign-in?back=${encodeURIComponent(location.pathname)}`;
}
