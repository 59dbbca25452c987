// A room of one's own: first its plan, then slides for each of its slots.
import { h, useEffect, useMemo, useState } from "../../vendor/preact.js";
import { parameter, setParameter, socketHost } from "../address.js";
import { t } from "../i18n.js";
import { me } from "../me.js";
import { notices } from "../notices.js";
import { useObservable } from "../observable.js";
import { Entrance } from "../../rooms/entrance.js";
import { TermsForm } from "../../rooms/matter/terms-form.js";
import { RoomStore } from "../../rooms/store.js";
import { Banner } from "../../rooms/roadshow/banner.js";
import { SlideUpload } from "../../rooms/roadshow/slide-upload.js";
import { SiteHeader } from "../../components/site-header.js";
import { Denied, Unknown } from "./denied.js";
import { eventAsked } from "./new-place.js";
import { PlanForm } from "./new-plan.js";

/** The address names the room once it is made, so that a reload goes on with its slides. */
export function NewRoomPage() {
  const [room, setRoom] = useState(() => /^[0-9a-f]{32}$/.exec(parameter("room") ?? "")?.[0] ?? "");
  /** @param {string} made */
  const created = (made) => {
    setParameter("room", made);
    setRoom(made);
  };
  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page", tabIndex: -1 },
      room
        ? h(SlidesStep, { room })
        : me.unknown
        ? h(Unknown, { error: me.unknown })
        : me.person?.organiser
        ? h(PlanForm, { created })
        : h(Denied, { text: t("new.deniedText") }),
    ),
  ];
}

/** @param {{room: string}} props */
function SlidesStep({ room }) {
  const store = useMemo(() => new RoomStore(room, socketHost()), [room]);
  useObservable(store);
  useEffect(() => {
    store.start((error) => notices.refuse(error));
    return () => store.stop();
  }, [store]);
  if (!store.room) return h(Entrance, { store });
  // Also whoever made a closed matter signs its terms before anything else.
  if (store.you.door?.state === "terms") {
    return [
      h(Banner, { store, room: store.room }),
      h("h1", null, t("new.made", { title: store.room.title })),
      h("p", { class: "lead" }, t("door.terms")),
      h(TermsForm, { store, room: store.room }),
    ];
  }
  const event = eventAsked();
  if (!store.is("moderator")) return h(Denied, { text: t("error.not_permitted") });
  return [
    h(Banner, { store, room: store.room }),
    h("h1", null, t("new.made", { title: store.room.title })),
    h("p", { class: "lead" }, t("new.slides")),
    h(
      "p",
      { class: "actions" },
      h("a", { class: "button primary", href: `/r/${room}` }, t("new.enter")),
      event && h("a", { class: "button", href: `/e/${event}` }, t("new.backToEvent")),
    ),
    h(
      "ol",
      { class: "agenda uploads" },
      store.room.slots.map((slot) =>
        h(
          "li",
          { key: slot.id },
          h("h2", { class: "slot-title" }, slot.title),
          h(SlideUpload, { store, slot, room }),
        )
      ),
    ),
  ];
}
