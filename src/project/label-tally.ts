import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { asyncCache } from "../platform/async-cache.ts";
import { snowflakeTime } from "../platform/snowflake.ts";
import { collectVotes, type Votes } from "../labeling/votes.ts";
import type { Log } from "../platform/log.ts";
import { LABEL_TABLE, labelsIn } from "./label-file.ts";
import type { ObjectStore } from "../object-store/object-store.ts";
import { listParts, type Part } from "../append-log/parts.ts";
import { readParts, type ReadPart } from "../append-log/parts.ts";
import { unsealed } from "../append-log/seal.ts";

/** What the label file comes to. */
export interface Tally {
  votes: Votes;
  /** All that were given, changed ones included. */
  answers: number;
  /** Of each day on which there were any, as YYYY-MM-DD in UTC, in no order. */
  perDay: ReadonlyMap<string, number>;
}

export interface LabelTally {
  /** With all answers that were durable when it was asked for; the same object as long as nothing has changed. */
  read(): Promise<Tally>;
}

/** In milliseconds. */
const DAY = 24 * 60 * 60 * 1000;

/** What was read of a part. */
interface Known {
  /** As they were listed. */
  size: number;
  modified: number;
  /** Of its bytes, and how many they were. */
  hash: string;
  length: number;
  rows: number;
  /** Rows that are no answers. */
  unreadable: number;
}

/**
 * Counts the answers in a store, and reads a part again only when it has changed: parts that are full do so only when a
 * person is forgotten or somebody edits them, and then all is counted anew. Make one in a process.
 */
export function labelTally(store: ObjectStore, log: Log): LabelTally {
  let counted = counter(log);
  let tally: Tally | undefined;

  async function count(): Promise<Tally> {
    for (;;) {
      const changed = await update();
      if (changed === "rewritten") {
        counted = counter(log);
        continue;
      }
      if (changed || tally === undefined) tally = counted.tally();
      return tally;
    }
  }

  /** Whether there was anything new; "rewritten" when what was counted stands there no longer. */
  async function update(): Promise<boolean | "rewritten"> {
    const parts = await listParts(store, LABEL_TABLE.prefix);
    const unknown = parts.filter((part) => !counted.knows(part));
    let changed = false;
    for await (const read of readParts(store, unknown)) {
      if (!counted.add(read)) return "rewritten";
      changed = true;
      // A part takes a few milliseconds; others wait for the same thread.
      await setImmediate();
    }
    return counted.isWithin(parts) ? changed : "rewritten";
  }

  // A count under way may have passed an answer that the next caller has to see.
  const counts = asyncCache<Tally>({ share: "next" });
  return { read: () => counts.load("all", count) };
}

function counter(log: Log) {
  const known = new Map<string, Known>();
  const collector = collectVotes();
  /** By days since 1970. */
  const perDay = new Map<number, number>();
  let answers = 0;

  return {
    knows({ key, size, modified }: Part): boolean {
      const before = known.get(key);
      return before?.size === size && before.modified === modified.getTime();
    },

    /** Counts what was appended. false when what was counted before is no longer its beginning. */
    add({ part, object }: ReadPart): boolean {
      const body = unsealed(object.body);
      const before = known.get(part.key);
      if (before !== undefined && hashOf(body.subarray(0, before.length)) !== before.hash) return false;
      const { rows, unreadable } = labelsIn(body);
      if (unreadable > (before?.unreadable ?? 0))
        log.warn({ part: part.key, unreadable }, "rows that are not answers are not counted");
      for (const row of rows.slice(before?.rows ?? 0)) {
        collector.add(row);
        const day = Math.floor(snowflakeTime(row.id).getTime() / DAY);
        perDay.set(day, (perDay.get(day) ?? 0) + 1);
        answers += 1;
      }
      const { size, modified } = part;
      known.set(part.key, {
        size,
        modified: modified.getTime(),
        hash: hashOf(body),
        length: body.length,
        rows: rows.length,
        unreadable,
      });
      return true;
    },

    isWithin(parts: readonly Part[]): boolean {
      const listed = new Set(parts.map(({ key }) => key));
      return known.keys().every((key) => listed.has(key));
    },

    tally: (): Tally => ({ votes: collector.votes(), answers, perDay: dated(perDay) }),
  };
}

function dated(perDay: ReadonlyMap<number, number>): Map<string, number> {
  return new Map(
    Array.from(perDay, ([day, answers]) => [new Date(day * DAY).toISOString().slice(0, 10), answers]),
  );
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64");
}
