import { appendLog, type AppendOptions, type AppendOutcome } from "../append-log/append-log.ts";
import { isRowId, rowsIn } from "../append-log/csv.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import type { Log } from "../platform/log.ts";
import { snowflakeTime } from "../platform/snowflake.ts";
import { currentRows, type CurrentRows } from "./current-rows.ts";
import { tombstoneOf } from "./pseudonyms.ts";

export const EXCLUSION_TABLE = {
  prefix: "exclusions/",
  columns: ["id", "changed_at", "labeler", "excluded", "reason"],
  person: "labeler",
};

/** A moderator's decision whether a person's answers count. It does not say who decided. */
export interface Exclusion {
  /** Id of the interaction that decided. The greatest id of a person counts. */
  id: string;
  /** Pseudonym, as in the label file. */
  labeler: string;
  excluded: boolean;
  /** Why, in the moderator's words; may be empty when an exclusion is taken back. The person can read it in `/my-data`. */
  reason: string;
}

export interface ExclusionFile {
  /**
   * Resolves when the row is durable or turns out to be erased. Setting the same row again has no effect.
   * @param lastAnswerId id of the person's newest answer: an erasure up to there removes this row, too
   */
  set(row: Exclusion, lastAnswerId: string): Promise<AppendOutcome>;
}

export function exclusionFile(store: ObjectStore, options: AppendOptions): ExclusionFile {
  const file = appendLog(store, EXCLUSION_TABLE, options);
  return {
    set({ id, labeler, excluded, reason }, lastAnswerId) {
      const changed_at = snowflakeTime(id).toISOString();
      const row = { id, changed_at, labeler, excluded: excluded ? "yes" : "no", reason };
      return file.append(row, tombstoneOf(labeler), lastAnswerId);
    },
  };
}

/**
 * The last decision about each person, by pseudonym, read incrementally. Create one per process.
 * @param store the project's own
 */
export function currentExclusions(store: ObjectStore, log?: Log): CurrentRows<Exclusion> {
  const subjectOf = ({ labeler }: Exclusion): string => labeler;
  return currentRows(store, { prefix: EXCLUSION_TABLE.prefix, rowsIn: exclusionsIn, subjectOf }, log);
}

/** Reads the rows of a part. Those that are not exclusions, for example after someone edited the file, are undefined. */
function exclusionsIn(part: Buffer): (Exclusion | undefined)[] {
  return rowsIn(part).map(({ id = "", labeler = "", excluded, reason = "" }) =>
    isRowId(id) && labeler !== "" && (excluded === "yes" || excluded === "no")
      ? { id, labeler, excluded: excluded === "yes", reason }
      : undefined,
  );
}
