// The desks for live media, fetched together when one of them is needed.
import { CaptionsDesk } from "./captions-desk.js";
import { LineLost } from "./line-lost.js";
import { MediaColumn } from "./media-column.js";
import { PersonCommands } from "./person-commands.js";
import { PresenterStudio } from "./presenter-studio.js";

export { CaptionsDesk, LineLost, MediaColumn, PersonCommands, PresenterStudio };
