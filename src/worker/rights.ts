import type { Rights } from "../jobs/place.ts";
import type { ProjectInUse } from "./project-in-use.ts";

/** What only some people may do. "moderate": remove images from a project. "manage": change, close and export it. */
export type Right = "moderate" | "manage";

const HOTDOG_RIGHTS = { moderate: "moderateHotdogs", manage: "manageHotdogs" } as const;

/** Whether a person has the right in a project. @param rights what the bot has checked; undefined grants nothing */
export function may(
  { id }: Pick<ProjectInUse, "id">,
  rights: Partial<Rights> | undefined,
  right: Right,
): boolean {
  return rights?.[id === null ? HOTDOG_RIGHTS[right] : right] === true;
}
