// One organisation: what it is, who vouches for it, its people, and the links that let more in.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { deleteAt, getJSON, postJSON } from "../api.js";
import { dayAndTime, number, t } from "../i18n.js";
import { me } from "../me.js";
import { notices } from "../notices.js";
import { nameOf } from "../names.js";
import { Affiliation } from "../../components/affiliation.js";
import { CopyButton } from "../../components/copy-button.js";
import { OrganisationForm } from "../../components/organisation-form.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { RegionName } from "../../components/region-select.js";
import { SiteHeader } from "../../components/site-header.js";
import { Standing } from "../../components/standing.js";
import { PendingCard } from "../../components/state-card.js";

/** @import { Pending } from "../../components/state-card.js" */
/** @import { Fields, Organisation, OrganisationInvite, OrganisationMember } from "../../types.d.ts" */
/** @typedef {Pending | {is: "ready", organisation: Organisation}} State */

/** @param {{organisation: string}} props */
export function OrganisationPage({ organisation: id }) {
  const path = `/api/v1/organisations/${id}`;
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const [editing, setEditing] = useState(false);
  /** @param {Fields} found */
  const show = (found) =>
    setState({ is: "ready", organisation: /** @type {Organisation} */ (found) });
  const load = () => getJSON(path).then(show, (error) => setState({ is: "failed", error }));
  // Who signs in or out sees more or less of it.
  useEffect(() => {
    load();
  }, [id, me.person]);

  return [
    h(SiteHeader, {}),
    h("main", { id: "main", class: "page", tabIndex: -1 }, content()),
  ];

  function content() {
    if (state.is !== "ready") {
      return h(PendingCard, {
        state,
        heading: true,
        failed: t("organisation.failed"),
        load,
        final: ({ code }) =>
          code === "not_found" &&
          { title: t("organisation.missing"), text: t("organisation.missingText") },
        link: { href: "/organisations", text: t("organisations.title") },
      });
    }
    const { organisation } = state;
    if (editing) {
      return h(OrganisationForm, {
        title: t("organisation.edit"),
        before: organisation,
        submit: (body) => postJSON(path, body),
        done: (changed) => {
          show(changed);
          setEditing(false);
        },
        cancel: () => setEditing(false),
      });
    }
    return [
      h(Head, { organisation, edit: () => setEditing(true) }),
      h(Vouching, { organisation, path, show }),
      organisation.members &&
      h(People, { organisation, members: organisation.members, path, show, load }),
      organisation.mayAdminister && h(Invites, { path }),
    ];
  }
}

/** @param {{organisation: Organisation, edit: () => void}} props */
function Head({ organisation, edit }) {
  const { kind, level, region, standing, size, website, introduction, parent } = organisation;
  return [
    h(
      "div",
      { class: "page-title" },
      h(
        "div",
        null,
        h("h1", null, nameOf(organisation)),
        h(
          "p",
          { class: "room-facts" },
          h("span", null, t(`organisation.kind.${kind}`)),
          level && h("span", null, t(`organisation.level.${level}`)),
          region && h(RegionName, { code: region }),
          h(Standing, { standing }),
          h("span", null, t("organisation.size", { n: size, count: number(size) })),
        ),
      ),
      organisation.mayAdminister &&
        h("button", { type: "button", onClick: edit }, t("organisation.edit")),
    ),
    (introduction || website || parent) && h(
      "div",
      { class: "card" },
      introduction && h("p", { class: "own-lines" }, introduction),
      parent && h(
        "p",
        null,
        t("organisation.below"),
        h("a", { href: `/o/${parent.id}` }, nameOf(parent)),
      ),
      website && h(
        "p",
        null,
        h("a", { href: website, rel: "noopener noreferrer nofollow" }, website),
      ),
    ),
  ];
}

/** @param {{organisation: Organisation, path: string, show: (found: Fields) => void}} props */
function Vouching({ organisation, path, show }) {
  const [declining, setDeclining] = useState(false);
  const { standing, mayAdminister, mayVouch, reason } = organisation;
  /** @param {string} to @param {string} [because] */
  const set = (to, because) =>
    postJSON(`${path}/standing`, { standing: to, reason: because }).then((found) => {
      show(found);
      notices.show(t(`standing.now.${to}`));
    }, (error) => notices.refuse(error));
  const mayAsk = mayAdminister && !mayVouch && ["unverified", "declined"].includes(standing);
  if (!mayVouch && !mayAsk && !(mayAdminister && standing !== "verified")) return null;
  return h(
    "section",
    { class: "card", "aria-labelledby": "vouching" },
    h("h2", { id: "vouching" }, t("standing.title")),
    h("p", null, t(`standing.means.${standing}`)),
    standing === "declined" && reason && h("p", null, t("standing.because", { reason })),
    h(
      "p",
      { class: "actions" },
      mayAsk && h(
        "button",
        { type: "button", class: "primary", onClick: () => set("requested") },
        t("standing.ask"),
      ),
      mayVouch && standing !== "verified" && h(
        "button",
        { type: "button", class: "primary", onClick: () => set("verified") },
        t("standing.verify"),
      ),
      mayVouch && standing !== "declined" && h(
        "button",
        { type: "button", onClick: () => setDeclining(true) },
        t(standing === "verified" ? "standing.withdraw" : "standing.decline"),
      ),
    ),
    declining && h(ReasonDialog, {
      title: t("standing.decline"),
      text: t("standing.declineWhy", { name: nameOf(organisation) }),
      action: t("standing.decline"),
      reason: "required",
      run: (because) => set("declined", because),
      close: () => setDeclining(false),
    }),
  );
}

/**
 * @param {object} props
 * @param {Organisation} props.organisation
 * @param {OrganisationMember[]} props.members
 * @param {string} props.path
 * @param {(found: Fields) => void} props.show
 * @param {() => void} props.load
 */
function People({ organisation, members, path, show, load }) {
  const [leaving, setLeaving] = useState(/** @type {OrganisationMember | null} */ (null));
  /** @param {OrganisationMember} member @param {"admin" | "member" | null} role */
  const change = ({ member, you }, role) =>
    postJSON(`${path}/members/${member}`, { role }).then(
      (found) => you && role === null ? load() : show(found),
      (error) => notices.refuse(error),
    );
  return h(
    "section",
    { class: "card", "aria-labelledby": "people" },
    h("h2", { id: "people" }, t("organisation.people")),
    h(
      "ul",
      { class: "people" },
      members.map((member) =>
        h(
          "li",
          { key: member.member },
          h(
            "strong",
            { class: "person-facts" },
            member.page
              ? h("a", { href: `/p/${member.page}` }, member.name)
              : h("span", null, member.name),
            h(Affiliation, { of: member }),
          ),
          member.you && h("span", { class: "quiet" }, t("organisation.you")),
          organisation.mayAdminister
            ? h(
              "select",
              {
                value: member.role,
                "aria-label": t("organisation.roleOf", { name: member.name }),
                onChange: (/** @type {any} */ event) => change(member, event.target.value),
              },
              ["admin", "member"].map((role) =>
                h("option", { key: role, value: role }, t(`organisation.role.${role}`))
              ),
            )
            : h("span", { class: "quiet" }, t(`organisation.role.${member.role}`)),
          (organisation.mayAdminister || member.you) && h(
            "button",
            {
              type: "button",
              "aria-label": member.you
                ? undefined
                : t("organisation.removeOf", { name: member.name }),
              onClick: () => setLeaving(member),
            },
            t(member.you ? "organisation.leave" : "organisation.remove"),
          ),
        )
      ),
    ),
    leaving && h(ReasonDialog, {
      title: t(leaving.you ? "organisation.leave" : "organisation.remove"),
      text: t(leaving.you ? "organisation.leaveWhy" : "organisation.removeWhy", {
        name: leaving.name,
      }),
      action: t(leaving.you ? "organisation.leave" : "organisation.remove"),
      reason: "none",
      run: () => change(leaving, null),
      close: () => setLeaving(null),
    }),
  );
}

/** @param {{path: string}} props */
function Invites({ path }) {
  const [invites, setInvites] = useState(/** @type {OrganisationInvite[] | null} */ (null));
  const [form, setForm] = useState({ role: "member", uses: "1" });
  const load = () =>
    getJSON(`${path}/invites`).then(
      ({ invites }) => setInvites(invites),
      (error) => notices.refuse(error),
    );
  useEffect(() => {
    load();
  }, [path]);
  const make = async () => {
    const { url } = await postJSON(`${path}/invites`, {
      role: form.role,
      uses: Number(form.uses),
    });
    load();
    return new URL(url, location.origin).href;
  };
  /** @param {string} invite */
  const revoke = (invite) =>
    deleteAt(`${path}/invites/${invite}`).then(load, (error) => notices.refuse(error));
  return h(
    "section",
    { class: "card", "aria-labelledby": "invites" },
    h("h2", { id: "invites" }, t("organisation.invites")),
    h("p", { class: "quiet" }, t("organisation.invitesWhy")),
    h(
      "div",
      { class: "filters" },
      h(
        "label",
        { class: "field" },
        h("span", null, t("organisation.inviteRole")),
        h(
          "select",
          {
            value: form.role,
            onChange: (/** @type {any} */ event) => setForm({ ...form, role: event.target.value }),
          },
          ["member", "admin"].map((role) =>
            h("option", { key: role, value: role }, t(`organisation.role.${role}`))
          ),
        ),
      ),
      h(
        "label",
        { class: "field" },
        h("span", null, t("organisation.inviteUses")),
        h(
          "select",
          {
            value: form.uses,
            onChange: (/** @type {any} */ event) => setForm({ ...form, uses: event.target.value }),
          },
          ["1", "10", "100"].map((uses) => h("option", { key: uses, value: uses }, uses)),
        ),
      ),
      h(CopyButton, { make, text: t("organisation.invite"), done: t("organisation.inviteDone") }),
    ),
    invites === null
      ? h("p", { class: "quiet" }, t("common.loading"))
      : invites.length === 0
      ? h("p", { class: "quiet" }, t("organisation.invitesNone"))
      : h(
        "ul",
        { class: "people" },
        invites.map(({ invite, role, uses, expires }) =>
          h(
            "li",
            { key: invite },
            h("strong", null, t(`organisation.role.${role}`)),
            h("span", { class: "quiet" }, t("organisation.inviteLeft", { n: uses })),
            h(
              "span",
              { class: "quiet" },
              t("organisation.inviteUntil", { at: dayAndTime(expires) }),
            ),
            h(
              "button",
              {
                type: "button",
                "aria-label": `${t("organisation.revoke")}: ${dayAndTime(expires)}`,
                onClick: () => revoke(invite),
              },
              t("organisation.revoke"),
            ),
          )
        ),
      ),
  );
}
