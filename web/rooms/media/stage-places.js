// The stage's places filled: slides, cameras and a screen, as its plan says.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Icon } from "../../components/icon.js";
import { Tile } from "./tile.js";

/** @import { Child } from "../../vendor/preact.d.ts" */
/** @import { MediaSession } from "./session.js" */
/** @import { Place, StagePlan } from "./stage-plan.js" */

const MOST = 16; // tiles of a gallery

/**
 * @param {object} props
 * @param {MediaSession} props.media
 * @param {StagePlan} props.plan
 * @param {Child} props.slides the slide, or the card in its stead
 * @param {() => void} props.swap
 */
export function StagePlaces({ media, plan, slides, swap }) {
  const places = rolesOf(plan);
  const count = Math.min(places.length, MOST);
  return h(
    "div",
    { class: `places in-${plan.is} of-${count}` },
    // One parent and a key each: what changes its place goes on playing.
    places.slice(0, MOST).map(({ place, role }) =>
      h(
        "div",
        {
          key: place === "slides" ? place : `${place.member} ${place.kind} ${place.live}`,
          class: `place ${role} ${place === "slides" ? "of-slides" : "of-person"}`,
        },
        place === "slides" ? slides : h(Tile, { media, track: place }),
        role === "small" && h(
          "button",
          { type: "button", class: "swap", "aria-label": t("media.swap"), onClick: swap },
          h(Icon, { name: "swap" }),
        ),
      )
    ),
  );
}

/** @param {StagePlan} plan @returns {{place: Place, role: string}[]} */
function rolesOf(plan) {
  switch (plan.is) {
    case "plain":
      return [{ place: "slides", role: "large" }];
    case "single":
      return [{ place: plan.large, role: "large" }];
    case "side":
      return [{ place: "slides", role: "half" }, { place: plan.person, role: "half" }];
    case "gallery":
      return plan.people.map((place) => ({ place, role: "tile-place" }));
    case "inset":
      return [{ place: plan.large, role: "large" }, { place: plan.small, role: "small" }];
  }
}
