import { createHash } from "node:crypto";
import { asyncCache } from "../platform/async-cache.ts";
import { snowflakeTime } from "../platform/snowflake.ts";
import { countAnswers, type AnswerCounts } from "../labeling/answer-counts.ts";
import { collectVotes, type LastAnswers } from "../labeling/votes.ts";
import type { Log } from "../platform/log.ts";
import type { AppendOptions } from "../append-log/append-log.ts";
import { isGrowing } from "../append-log/part-sequence.ts";
import type { Question } from "../labeling/question.ts";
import { LABEL_TABLE, labelsIn, storedAnswers, type StoredAnswers } from "./label-file.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { isSamePart, listParts, readParts, type Part, type ReadPart } from "../append-log/parts.ts";
import { unsealed } from "../append-log/seal.ts";

/** Milliseconds after a list from which every read lists again. */
const LIST_INTERVAL_MS = 10_000;

/** A part is compared by its ETag, so its bytes need not stay in memory. */
const NO_BODY = Buffer.alloc(0);

/** The totals of the label file. */
export interface Tally extends AnswerCounts {
  votes: LastAnswers;
}

export interface ReadTallyOptions {
  /**
   * Whether answers may be included that were erased in the 10 seconds before the call. Then a read is one GET as a rule, and no LIST.
   * Default: false.
   */
  allowErased?: boolean;
}

export interface LabelTally {
  /**
   * Includes all answers that were durable before the call, and none that were erased before it. Returns the same object until
   * something changes.
   */
  read(options?: ReadTallyOptions): Promise<Tally>;
  /** Counts the answers of these people, as far as they have been read. @param labelers pseudonyms */
  countsOf(labelers: ReadonlySet<string>): AnswerCounts;
}

interface CountedPart {
  /** As listed before it was read, or as read. The ETag and the note are those of the counted version. */
  part: Omit<ReadPart, "body">;
  /** Whether the next answer goes to this part, if it is still the same. */
  isGrowing: boolean;
  /** SHA-256 of the counted bytes. */
  hash: string;
  /** Number of counted bytes. */
  length: number;
  /** Number of counted rows. */
  rows: number;
  /** Number of rows that are not answers. */
  unreadable: number;
}

/**
 * Counts the answers of a project, and reads only parts that have changed. A full part changes only when a person is erased or
 * someone edits it; then everything is counted again. Create one per process.
 * @param store the project's own
 * @param question of the project: only its labels are answers
 */
export function labelTally(
  store: ObjectStore,
  question: Pick<Question, "labels">,
  { log, now }: Pick<AppendOptions, "log" | "now">,
): LabelTally {
  const stored = storedAnswers(question);
  let counted = counter(stored, log);
  let tally: Tally | undefined;
  /** The key of the last part, and when it was listed. Undefined unless all listed parts are counted. */
  let listed: { last: string | undefined; at: number } | undefined;
  /** Whether a call that waits for the next count allows nothing that is erased. */
  let mustList = false;

  async function count(): Promise<Tally> {
    const mayLook = !mustList;
    mustList = false;
    if (mayLook && (await look())) return (tally ??= counted.tally());
    while (!(await update())) {
      counted = counter(stored, log);
      tally = undefined;
    }
    return (tally ??= counted.tally());
  }

  /**
   * Counts what is new with one GET, as a writer looks for the commits of others: while the last part is growing, no other part gets an
   * answer (I2, I3). But an erasure may have removed some from others, so this is not enough for long.
   * @returns whether all answers are counted now
   */
  async function look(): Promise<boolean> {
    // The clock may have been set back.
    if (listed === undefined || Math.abs(now() - listed.at) >= LIST_INTERVAL_MS) return false;
    const before = counted.get(listed.last);
    if (before === undefined || !before.isGrowing) return false;
    const { key, number, etag, modified } = before.part;
    const found = await store.get(key, { unless: { body: NO_BODY, etag, modified } });
    if (found?.etag === etag) return true;
    if (found === undefined || !isGrowing(found)) return false;
    if (!counted.add({ ...found, key, number, size: found.body.length })) return false;
    tally = undefined;
    return true;
  }

  /** Lists the parts, and counts what is new. Resolves with false if counted rows are no longer in the file. */
  async function update(): Promise<boolean> {
    const at = now();
    listed = undefined;
    const parts = await listParts(store, LABEL_TABLE.prefix);
    const unread = parts.filter((part) => !counted.knows(part));
    for await (const part of readParts(store, unread)) {
      if (!counted.add(part)) return false;
      tally = undefined;
    }
    listed = { last: parts.at(-1)?.key, at };
    return counted.isWithin(parts);
  }

  // A count under way may have passed an answer that the next caller has to see.
  const counts = asyncCache<Tally>({ share: "next" });
  return {
    read({ allowErased = false } = {}) {
      if (!allowErased) mustList = true;
      return counts.load("all", count);
    },
    countsOf: (labelers) => counted.countsOf(labelers),
  };
}

function counter(stored: StoredAnswers, log: Log) {
  const counted = new Map<string, CountedPart>();
  const collector = collectVotes();
  const answers = countAnswers();

  return {
    countsOf: (labelers: ReadonlySet<string>): AnswerCounts => answers.countsOf(labelers),

    get: (key: string | undefined): CountedPart | undefined =>
      key === undefined ? undefined : counted.get(key),

    knows: (part: Part): boolean => isSamePart(counted.get(part.key)?.part, part),

    /** Counts new rows of a part. Returns false if the rows counted before are no longer its beginning. */
    add({ body: read, ...part }: ReadPart): boolean {
      const body = unsealed(read);
      const before = counted.get(part.key);
      if (before !== undefined && hashOf(body.subarray(0, before.length)) !== before.hash) return false;
      const { rows, unreadable } = labelsIn(body, stored);
      if (unreadable > (before?.unreadable ?? 0))
        log.warn({ part: part.key, unreadable }, "rows that are not answers are not counted");
      for (const row of rows.slice(before?.rows ?? 0)) {
        collector.add(row);
        answers.add(row, snowflakeTime(row.id).getTime());
      }
      counted.set(part.key, {
        part,
        isGrowing: isGrowing({ body: read, note: part.note }),
        hash: hashOf(body),
        length: body.length,
        rows: rows.length,
        unreadable,
      });
      return true;
    },

    isWithin(parts: readonly Part[]): boolean {
      return new Set(counted.keys()).isSubsetOf(new Set(parts.map(({ key }) => key)));
    },

    tally: (): Tally => ({ votes: collector.votes(), ...answers.counts() }),
  };
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64");
}
