import { createHash } from "node:crypto";
import { asyncCache } from "../platform/async-cache.ts";
import { snowflakeTime } from "../platform/snowflake.ts";
import { countAnswers, type AnswerCounts } from "../labeling/answer-counts.ts";
import { collectVotes, type LastAnswers } from "../labeling/votes.ts";
import type { Log } from "../platform/log.ts";
import type { Question } from "../labeling/question.ts";
import { LABEL_TABLE, labelsIn, storedAnswers, type StoredAnswers } from "./label-file.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { isSamePart, listParts, readParts, type Part, type ReadPart } from "../append-log/parts.ts";
import { unsealed } from "../append-log/seal.ts";

/** The totals of the label file. */
export interface Tally extends AnswerCounts {
  votes: LastAnswers;
}

export interface LabelTally {
  /** Includes all answers that were durable before the call. Returns the same object until something changes. */
  read(): Promise<Tally>;
  /** Counts the answers of these people, as far as they have been read. @param labelers pseudonyms */
  countsOf(labelers: ReadonlySet<string>): AnswerCounts;
}

interface CountedPart {
  /** As listed before it was read. */
  part: Part;
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
export function labelTally(store: ObjectStore, question: Pick<Question, "labels">, log: Log): LabelTally {
  const stored = storedAnswers(question);
  let counted = counter(stored, log);
  let tally: Tally | undefined;

  async function count(): Promise<Tally> {
    while (!(await update())) {
      counted = counter(stored, log);
      tally = undefined;
    }
    return (tally ??= counted.tally());
  }

  /** Counts what is new. Resolves with false if counted rows are no longer in the file. */
  async function update(): Promise<boolean> {
    const parts = await listParts(store, LABEL_TABLE.prefix);
    const unread = parts.filter((part) => !counted.knows(part));
    for await (const part of readParts(store, unread)) {
      if (!counted.add(part)) return false;
      tally = undefined;
    }
    return counted.isWithin(parts);
  }

  // A count under way may have passed an answer that the next caller has to see.
  const counts = asyncCache<Tally>({ share: "next" });
  return { read: () => counts.load("all", count), countsOf: (labelers) => counted.countsOf(labelers) };
}

function counter(stored: StoredAnswers, log: Log) {
  const counted = new Map<string, CountedPart>();
  const collector = collectVotes();
  const answers = countAnswers();

  return {
    countsOf: (labelers: ReadonlySet<string>): AnswerCounts => answers.countsOf(labelers),

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
      const { length } = body;
      counted.set(part.key, { part, hash: hashOf(body), length, rows: rows.length, unreadable });
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
