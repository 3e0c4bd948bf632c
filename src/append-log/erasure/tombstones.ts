import { z } from "zod";
import { snowflake } from "../../platform/snowflake.ts";
import type { ChangeObject } from "../change-object.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { snowflakeIn } from "../row-id.ts";

/** Forgettings whose counts are kept: of each, its job may come again. */
const MOST_COUNTS = 10;

const counted = z.object({
  /** Of the interaction that asked for it. */
  id: snowflake,
  labels: z.int(),
  uploads: z.int(),
});

/** How many rows there were. */
export type Counted = z.infer<typeof counted>;

const mark = z.object({
  /** Rows whose ids are not greater are forgotten, whenever they come. */
  upTo: snowflake,
  counted: z.array(counted),
});

export type Tombstone = z.infer<typeof mark>;

export interface Tombstones {
  /** From now on this person's rows up to this id are forgotten. */
  raise(person: string, id: string): Promise<Tombstone>;
  /** Keeps what was counted before anything was removed. Resolves with what was kept first. */
  keepCount(person: string, count: Counted): Promise<Counted>;
}

/** Which rows are forgotten: `forgotten/<pseudonym>.json`, one object for each person who asked for it. */
export function tombstones(changeObject: ChangeObject): Tombstones {
  async function change(
    person: string,
    to: (before: Tombstone | undefined) => Tombstone,
  ): Promise<Tombstone> {
    let after: Tombstone | undefined;
    await changeObject(keyOf(person), "application/json", (body) => {
      const before = body && markIn(body);
      after = to(before);
      return after === before ? undefined : Buffer.from(JSON.stringify(after));
    });
    if (after === undefined) throw new Error("nothing was changed");
    return after;
  }

  return {
    raise: (person, id) =>
      change(person, (before) =>
        before !== undefined && BigInt(before.upTo) >= BigInt(id)
          ? before
          : { upTo: id, counted: before?.counted ?? [] },
      ),

    async keepCount(person, count) {
      const after = await change(person, (before) => {
        const { upTo, counted: counts } = before ?? { upTo: count.id, counted: [] };
        if (before !== undefined && counts.some(({ id }) => id === count.id)) return before;
        return { upTo, counted: [...counts, count].slice(-MOST_COUNTS) };
      });
      return after.counted.find(({ id }) => id === count.id) ?? count;
    },
  };
}

/**
 * What there is of the person who goes by this pseudonym.
 * @returns an error when somebody's editor has made it unreadable
 */
export async function readMark(store: ObjectStore, person: string): Promise<Tombstone | undefined | Error> {
  const found = await store.get(keyOf(person));
  try {
    return found && markIn(found.body);
  } catch (error) {
    return new Error("the mark of a forgetting cannot be read", { cause: error });
  }
}

/** Whether a person with this mark, if there is one, is forgotten as far as this row. */
export function isForgotten(id: string, mark: Tombstone | undefined): boolean {
  return mark !== undefined && snowflakeIn(id) <= BigInt(mark.upTo);
}

function keyOf(person: string): string {
  return `forgotten/${person}.json`;
}

function markIn(body: Buffer): Tombstone {
  return mark.parse(JSON.parse(body.toString()));
}
