// Organisations and people with pages of their own, as the pages share them.
import type { Byline, Fields } from "../types.d.ts";

export type OrganisationStanding = "unverified" | "requested" | "verified" | "declined";

/** An organisation; the last five only on its own page, as far as the reader may know them. */
export interface Organisation {
  id: string;
  name: string;
  englishName: string | null;
  kind: string;
  level: string | null;
  region: string | null;
  introduction: string | null;
  website: string | null;
  standing: OrganisationStanding;
  since: number;
  size: number;
  parent?: Organisation | null;
  reason?: string | null;
  mayAdminister?: boolean;
  mayVouch?: boolean;
  members?: OrganisationMember[];
}

export interface OrganisationMember extends Byline {
  member: string;
  name: string;
  role: "admin" | "member";
  since: number;
  you: boolean;
  /** The id of their page, where that is public. */
  page: string | null;
}

/** The page of somebody with an account; `picture` is an address. */
export interface ProfilePage {
  id: string;
  public: boolean;
  picture: string | null;
}

/** The same with what it shows. */
export interface PersonPage extends ProfilePage {
  you: boolean;
  name: string;
  profile: Fields;
  organisations: Organisation[];
}

/** A link into an organisation, by the digest of its token. */
export interface OrganisationInvite {
  invite: string;
  role: "admin" | "member";
  uses: number;
  expires: number;
}
