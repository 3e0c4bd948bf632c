import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completed, headerLine, idsOf, rowLine } from "../../src/append-log/csv.ts";
import { newId, readPart } from "../append-log/rows.ts";
import { typed } from "./typed.ts";

const COLUMNS = ["id", "uploaded_at", "name"];
const cell = fc.oneof(
  typed({ longest: 300 }),
  fc
    .tuple(fc.constantFrom("=", "+", "-", "@", "＝", "＋", "－", "＠", " ＝"), typed({ longest: 20 }))
    .map((pieces) => pieces.join("")),
);
const rows = fc.array(
  fc.record({ id: fc.constant(null).map(() => newId()), uploaded_at: cell, name: cell }),
  { minLength: 1, maxLength: 20 },
);

/** A part as a spreadsheet or text editor may have saved it. */
const edited = fc.oneof(
  fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
  cell.map((text) => Buffer.from(text)),
);

describe("any row", () => {
  it("is one line of strict CSV, with its id and all its columns", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const part = Buffer.concat([headerLine(COLUMNS), ...all.map((row) => rowLine(COLUMNS, row))]);
        const read = readPart(part.toString());
        expect(read.rows.map(([id]) => id)).toEqual(all.map(({ id }) => id));
        expect(part.toString().split("\n")).toHaveLength(all.length + 2);
        expect(idsOf(part)).toEqual(all.map(({ id }) => id));
      }),
      { numRuns: 300 },
    );
  });

  it("contains nothing that a spreadsheet would execute", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const part = Buffer.concat([headerLine(COLUMNS), ...all.map((row) => rowLine(COLUMNS, row))]);
        const cells = readPart(part.toString()).rows.flat();
        expect(cells.filter((value) => /^\s*[=+\-@\t\r＝＋－＠]/u.test(value))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("is found in a part that any editor has saved", () => {
    fc.assert(
      fc.property(edited, rows, (before, all) => {
        const part = Buffer.concat([completed(before), ...all.map((row) => rowLine(COLUMNS, row))]);
        expect(idsOf(part)).toEqual(expect.arrayContaining(all.map(({ id }) => id)));
      }),
      { numRuns: 300 },
    );
  });
});
