// Starts the page: language first, then what the address names.
import { h, render, useErrorBoundary } from "../vendor/preact.js";
import { ApiError } from "./api.js";
import { place } from "./address.js";
import { MODULES } from "./modules.js";
import { preferredLanguage, t, texts } from "./i18n.js";
import { me } from "./me.js";
import { notices } from "./notices.js";
import { part } from "./part.js";
import { useObservable } from "./observable.js";
import { Notices } from "../components/notices.js";
import { StateCard } from "../components/state-card.js";
import { SiteHeader } from "../components/site-header.js";

/** What a page is about, as its address says; the rest is empty. */
/** @typedef {{room: string, organisation: string, profile: string, event: string}} Subject */
/** @typedef {import("../vendor/preact.d.ts").View<Subject>} Page */

/** A page's code is fetched when it is needed. @type {Record<string, () => Promise<Page>>} */
const PAGES = {
  home: async () => (await import("./pages/home.js")).HomePage,
  room: async () => (await import("./pages/room.js")).RoomPage,
  screen: async () => (await part(import("./pages/screen.js"), { styles: ["screen"] })).ScreenPage,
  outcome: async () =>
    (await part(import("./pages/outcome.js"), { styles: ["outcome"] })).OutcomePage,
  archive: async () =>
    (await part(import("./pages/archive.js"), {
      catalogues: ["archive"],
      styles: ["archive", "room"],
    })).ArchivePage,
  replay: async () => (await import("./pages/replay.js")).ReplayPage,
  new: async () =>
    (await part(import("./pages/new.js"), { catalogues: ["judging"], styles: ["plan", "judging"] }))
      .NewRoomPage,
  organisations: async () => (await import("./pages/organisations.js")).OrganisationsPage,
  organisation: async () => (await import("./pages/organisation.js")).OrganisationPage,
  "sign-in": async () => (await import("./pages/sign-in.js")).SignInPage,
  profile: async () => (await import("./pages/profile.js")).ProfilePage,
  verify: async () =>
    (await part(import("./pages/verify.js"), { catalogues: ["archive"], styles: ["archive"] }))
      .VerifyPage,
  people: async () => (await import("./pages/people.js")).PeoplePage,
  account: async () => (await import("./pages/account.js")).AccountPage,
  enter: async () => (await import("./pages/enter.js")).EnterPage,
  join: async () => (await import("./pages/join.js")).JoinPage,
  event: async () =>
    (await part(import("./pages/event.js"), { catalogues: ["events"], styles: ["events", "plan"] }))
      .EventPage,
  search: async () =>
    (await part(import("./pages/search.js"), { catalogues: ["search"], styles: ["search"] }))
      .SearchPage,
  "new-event": async () =>
    (await part(import("./pages/new-event.js"), { catalogues: ["events"], styles: ["plan"] }))
      .NewEventPage,
  nowhere: () => Promise.resolve(MissingPage),
};

function MissingPage() {
  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page narrow", tabIndex: -1 },
      h(StateCard, {
        heading: true,
        title: t("missing.title"),
        text: t("missing.text"),
        link: { href: "/", text: t("common.home") },
      }),
    ),
  ];
}

/** @param {{page: Page, subject: Subject}} props */
function App({ page, subject }) {
  useObservable(texts);
  useObservable(me);
  const [broken] = useErrorBoundary((error) => console.error(error));
  if (broken) {
    return h(
      "main",
      { id: "main", class: "page narrow", tabIndex: -1 },
      h(StateCard, {
        heading: true,
        title: t("broken.title"),
        text: t("broken.text"),
        button: { run: () => location.reload(), text: t("common.reload") },
      }),
    );
  }
  return [
    h("a", { class: "skip", href: "#main" }, t("common.skip")),
    h(page, subject),
    h(Notices, {}),
  ];
}

/** Asks for a page's modules at once; else each would be found in the one before. @param {string} page */
function preload(page) {
  for (const module of MODULES[page]) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = module;
    document.head.append(link);
  }
}

async function start() {
  const here = place(location.pathname);
  preload(here.is);
  const part = here.is === "room" ? undefined : "site";
  const [page] = await Promise.all([PAGES[here.is](), texts.load(preferredLanguage(), part)]);
  const root = /** @type {Element} */ (document.getElementById("app"));
  // The page shows at once; who reads it is known a moment later.
  const known = me.load().catch((error) => {
    if (!(error instanceof ApiError)) throw error;
    if (here.is !== "room" && here.is !== "screen") notices.refuse(error); // A room shows its own connection state.
  });
  if (here.is !== "room") await known;
  root.replaceChildren();
  const { is: _, ...named } = here;
  const subject = { room: "", organisation: "", profile: "", event: "", ...named };
  render(h(App, { page, subject }), root);
}

start().catch((error) => {
  // A module or a text did not arrive, so there is no language yet: the document says it in both.
  document.getElementById("lost")?.removeAttribute("hidden");
  console.error(error);
});
