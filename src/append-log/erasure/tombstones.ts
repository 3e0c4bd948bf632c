import { z } from "zod";
import { isSnowflake, snowflake } from "../../platform/snowflake.ts";
import type { ChangeObject } from "../change-object.ts";
import type { ObjectStore } from "../../object-store/object-store.ts";
import { idSnowflake } from "../csv.ts";

/** Maximum number of erasures whose counts a tombstone keeps, because the job of each may be redelivered. */
const MAX_COUNTS = 10;

const WATERMARK_KEY = "forgotten/newest.txt";
/** Greater than every id. */
const MAX_ID = 10n ** 19n;

const erasedCount = z.object({
  /** Id of the interaction that asked for the erasure. */
  id: snowflake,
  labels: z.int(),
  uploads: z.int(),
  /** Missing if the erasure was by a version that knows no exclusions, and so has left them. */
  exclusions: z.int().optional(),
});

/** How many rows an erasure found. */
export interface ErasedCount extends z.infer<typeof erasedCount> {
  exclusions: number;
}

const tombstone = z.object({
  /** Rows with this id or a smaller one are erased, whenever they arrive. */
  upTo: snowflake,
  counted: z.array(erasedCount),
});

export type Tombstone = z.infer<typeof tombstone>;

/** Writes tombstones, `forgotten/<pseudonym>.json`, one per person, and the watermark, `forgotten/newest.txt`. */
export function tombstoneWriter(changeObject: ChangeObject) {
  async function change(
    person: string,
    to: (before: Tombstone | undefined) => Tombstone,
  ): Promise<Tombstone> {
    let after: Tombstone | undefined;
    await changeObject(keyOf(person), "application/json", (body) => {
      const before = body && parse(body);
      after = to(before);
      return after === before ? undefined : Buffer.from(JSON.stringify(after));
    });
    if (after === undefined) throw new Error("the tombstone was not changed");
    return after;
  }

  return {
    /** Records that the person's rows up to this id are erased. `upTo` never decreases (I14). */
    advance: (person: string, id: string): Promise<Tombstone> =>
      change(person, (before) =>
        before !== undefined && BigInt(before.upTo) >= BigInt(id)
          ? before
          : { upTo: id, counted: before?.counted ?? [] },
      ),

    /** Records what was counted before anything is removed (I15). Resolves with the count that was recorded first. */
    async keepCount(person: string, count: ErasedCount): Promise<ErasedCount> {
      const after = await change(person, (before) => {
        const { upTo, counted } = before ?? { upTo: count.id, counted: [] };
        const known = counted.find(({ id }) => id === count.id);
        if (before !== undefined && known?.exclusions !== undefined) return before;
        const others = counted.filter((other) => other !== known);
        return { upTo, counted: [...others, { ...count, ...known }].slice(-MAX_COUNTS) };
      });
      const { exclusions = count.exclusions, ...kept } =
        after.counted.find(({ id }) => id === count.id) ?? count;
      return { ...kept, exclusions };
    },

    /** Raises the watermark to the id of an erasure (I10), after `advance`. It never decreases (I14). */
    advanceWatermark: (id: string): Promise<void> =>
      changeObject(WATERMARK_KEY, "text/plain; charset=utf-8", (body) =>
        body !== undefined && watermarkIn(body) >= BigInt(id) ? undefined : Buffer.from(id),
      ),
  };
}

/**
 * Reads the watermark: the greatest id of all erasures so far. A newer row cannot be erased, so nobody has to read its person's
 * tombstone. Resolves with 0 before the first erasure, and with an id greater than all others if an editor has made the watermark
 * unreadable (I16).
 */
export async function readWatermark(store: ObjectStore): Promise<bigint> {
  const found = await store.get(WATERMARK_KEY);
  return found === undefined ? 0n : watermarkIn(found.body);
}

/** Reads a person's tombstone. Resolves with an error if an editor has made it unreadable. */
export async function readTombstone(
  store: ObjectStore,
  person: string,
): Promise<Tombstone | undefined | Error> {
  const found = await store.get(keyOf(person));
  try {
    return found && parse(found.body);
  } catch (error) {
    return new Error(`the tombstone ${keyOf(person)} cannot be read; restore or correct it`, {
      cause: error,
    });
  }
}

/** Whether a person's row is erased, given the person's tombstone. */
export function isErased(id: string, found: Tombstone | undefined): boolean {
  return found !== undefined && idSnowflake(id) <= BigInt(found.upTo);
}

function keyOf(person: string): string {
  return `forgotten/${person}.json`;
}

function parse(body: Buffer): Tombstone {
  return tombstone.parse(JSON.parse(body.toString()));
}

function watermarkIn(body: Buffer): bigint {
  const text = body.toString().trim();
  return isSnowflake(text) ? BigInt(text) : MAX_ID;
}
