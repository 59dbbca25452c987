// The picker of channels and the list of names: fetched by those who have the one or need the other.
import { ApiError } from "../../app/api.js";
import { part } from "../../app/part.js";

const BESIDE = { catalogues: ["channels"], styles: ["channels"] };

export const channelPanel = async () =>
  (await part(import("./channel-panel.js"), BESIDE)).ChannelPanel;
export const mentionList = async () =>
  (await part(import("./mention-list.js"), BESIDE)).MentionList;
export const calledText = async () => (await part(import("./called-text.js"), BESIDE)).CalledText;

/** Without a line it fails as any request does. */
export const earlierChat = () =>
  import("../earlier-chat.js").catch(() => {
    throw new ApiError({ status: 0, code: "client.no_connection" });
  });
