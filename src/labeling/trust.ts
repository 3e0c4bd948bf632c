import type { Label } from "./question.ts";

/** What moderators have said about a project's images and people. */
export interface Trust {
  /** The known label of each gold image, by file name. */
  gold: ReadonlyMap<string, Label>;
  /** Pseudonyms of the people whose answers do not count. */
  excluded: ReadonlySet<string>;
}
