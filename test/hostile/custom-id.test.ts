import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCustomId, encodeCustomId, type CustomId } from "../../src/jobs/custom-id.ts";
import { IMAGE_FORMATS } from "../../src/labeling/images.ts";
import { typed } from "./typed.ts";

const snowflake = fc.bigInt({ min: 0n, max: 9_999_999_999_999_999_999n }).map(String);
const image = fc
  .tuple(fc.stringMatching(/^[0-9a-f]{64}$/), fc.constantFrom(...IMAGE_FORMATS))
  .map(([name, type]) => `${name}.${type}`);
const position = fc.integer({ min: 1, max: 9 });
const label = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant("unsure" as const));
const project = fc.option(snowflake);

const kind = <Kind extends CustomId["kind"]>(name: Kind): { kind: fc.Arbitrary<Kind> } => ({
  kind: fc.constant(name),
});

const made: fc.Arbitrary<CustomId> = fc.oneof(
  fc.record({ image, label, position, project, round: snowflake, ...kind("press") }),
  fc.record({ image, position, project, round: snowflake, ...kind("select") }),
  fc.record({ uploadAnswer: fc.option(snowflake, { nil: undefined }), project, image, ...kind("remove") }),
  fc.record({ user: snowflake, ...kind("forget") }),
  fc.record({ project: snowflake, ...kind("edit-project") }),
  fc.record({ project, ...kind("correct-project") }),
  fc.record({ project: snowflake, ...kind("close-project") }),
  fc.record({ project: snowflake, ...kind("export-project") }),
  fc.record({ project, ...kind("project-form") }),
);

const former = fc.oneof(
  fc
    .tuple(snowflake, position, fc.integer({ min: 0, max: 1 }), image)
    .map((fields) => ["press", ...fields].join(":")),
  fc
    .tuple(image, fc.array(snowflake, { maxLength: 1 }))
    .map(([file, rest]) => ["remove", file, ...rest].join(":")),
  snowflake.map((user) => `forget:${user}`),
);

const FORMER =
  /^(press:\d{1,19}:[1-9]:[01]:[0-9a-f]{64}\.(jpg|png|webp)|remove:[0-9a-f]{64}\.(jpg|png|webp)(:\d{1,19})?|forget:\d{1,19})$/;

/** A custom id of any version with one piece replaced. */
const forged = fc
  .tuple(
    fc.oneof(made.map(encodeCustomId), former),
    fc.nat({ max: 90 }),
    fc.nat({ max: 10 }),
    typed({ longest: 10 }),
  )
  .map(([text, from, length, piece]) => text.slice(0, from) + piece + text.slice(from + length));

describe("any custom id", () => {
  it("decodes to what it was encoded from, and has at most 80 characters", () => {
    fc.assert(
      fc.property(made, (id) => {
        const text = encodeCustomId(id);
        expect(text.length).toBeLessThanOrEqual(80);
        expect(decodeCustomId(text)).toEqual(id);
      }),
      { numRuns: 1_000 },
    );
  });

  it("of an earlier version decodes to what a new one can carry", () => {
    fc.assert(
      fc.property(former, (text) => {
        const id = decodeCustomId(text);
        expect(id).toBeDefined();
        expect(id && decodeCustomId(encodeCustomId(id))).toEqual(id);
      }),
    );
  });

  it("from elsewhere cannot be decoded, or is one that some version would encode", () => {
    fc.assert(
      fc.property(fc.oneof(typed({ longest: 100 }), forged), (text) => {
        const id = decodeCustomId(text);
        return id === undefined || encodeCustomId(id) === text || FORMER.test(text);
      }),
      { numRuns: 5_000 },
    );
  });
});
