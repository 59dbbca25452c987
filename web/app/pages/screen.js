// The hall's big screen (大屏): what is on stage, its clock, the question being answered, the way in
// by QR code, and scores once they are told. It only shows: the hall has its own sound.
import { h, useEffect, useMemo } from "../../vendor/preact.js";
import { socketHost } from "../address.js";
import { t } from "../i18n.js";
import { useObservable, useTick } from "../observable.js";
import { RoomStore } from "../../rooms/store.js";
import { Entrance } from "../../rooms/entrance.js";
import { BigScreen } from "../../rooms/screen/big-screen.js";
import { SiteHeader } from "../../components/site-header.js";

/** @param {{room: string}} props */
export function ScreenPage({ room: id }) {
  const store = useMemo(() => new RoomStore(id, socketHost()), [id]);
  useObservable(store);
  useTick(1_000);
  useEffect(() => {
    store.start(() => {}); // It gives no command that could be refused.
    return () => store.stop();
  }, [store]);
  const { room } = store;
  useEffect(() => {
    if (room) document.title = t("screen.title", { title: room.title });
  }, [room?.title]);
  useEffect(stayAwake, []);
  if (!room) {
    return [
      h(SiteHeader, {}),
      h("main", { id: "main", class: "page narrow", tabIndex: -1 }, h(Entrance, { store })),
    ];
  }
  return h(BigScreen, { store, room, id });
}

/** A screen in a hall must not go dark; it is asked for again when the page is shown again. */
function stayAwake() {
  const ask = () => {
    if (document.visibilityState !== "visible") return;
    // Where there is no such lock, or it is refused, the machine's own settings hold.
    /** @type {any} */ (navigator).wakeLock?.request("screen").catch(() => {});
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => document.removeEventListener("visibilitychange", ask);
}
