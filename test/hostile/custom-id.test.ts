import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCustomId, encodeCustomId, type CustomId } from "../../src/jobs/custom-id.ts";
import { typed } from "./typed.ts";

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const image = fc.tuple(hash, fc.constantFrom("jpg", "png", "webp")).map(([name, type]) => `${name}.${type}`);

const made: fc.Arbitrary<CustomId> = fc.oneof(
  fc.record({
    kind: fc.constant("press" as const),
    round: fc.stringMatching(/^[1-9]\d{16,18}$/),
    position: fc.integer({ min: 1, max: 9 }),
    label: fc.constantFrom(0 as const, 1 as const),
    image,
  }),
  fc.record({ kind: fc.constant("remove" as const), image }),
  fc.record({ kind: fc.constant("forget" as const), user: fc.stringMatching(/^[1-9]\d{16,18}$/) }),
);

/** One of our custom ids with one piece replaced. */
const forged = fc
  .tuple(made, fc.nat({ max: 90 }), fc.nat({ max: 10 }), typed({ longest: 10 }))
  .map(([id, from, length, piece]) => {
    const text = encodeCustomId(id);
    return text.slice(0, from) + piece + text.slice(from + length);
  });

describe("any custom id", () => {
  it("decodes to what it was encoded from", () => {
    fc.assert(
      fc.property(made, (id) => {
        expect(decodeCustomId(encodeCustomId(id))).toEqual(id);
      }),
    );
  });

  it("from elsewhere cannot be decoded, or equals one that we would encode", () => {
    fc.assert(
      fc.property(fc.oneof(typed({ longest: 100 }), forged), (text) => {
        const id = decodeCustomId(text);
        return id === undefined || encodeCustomId(id) === text;
      }),
      { numRuns: 5_000 },
    );
  });
});
