import { z } from "zod/mini";

const id = z.string().check(z.regex(/^\d{1,20}$/));

/** Returns the schema of the query of a list that is paged by ids. */
export function pageQuery(most: number) {
  return z.object({
    limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(most))),
    after: z.optional(id),
    before: z.optional(id),
    with_counts: z.optional(z.string()),
  });
}

/**
 * Returns the part of a list between two ids, in the order of ids. With `before` alone, the last ones are returned.
 * @param idOf the id by which a thing is paged
 */
export function pageOf<Thing>(
  things: readonly Thing[],
  idOf: (thing: Thing) => string,
  { limit, after, before }: { limit: number; after?: string | undefined; before?: string | undefined },
): Thing[] {
  const within = things
    .filter((thing) => after === undefined || BigInt(idOf(thing)) > BigInt(after))
    .filter((thing) => before === undefined || BigInt(idOf(thing)) < BigInt(before))
    .toSorted((a, b) => (BigInt(idOf(a)) < BigInt(idOf(b)) ? -1 : 1));
  return before !== undefined && after === undefined ? within.slice(-limit) : within.slice(0, limit);
}
