import * as fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { rowsIn } from "../../src/append-log/csv.ts";

const COLUMNS = "id,image,label";
const field = fc.oneof(
  fc.constantFrom("", "1", '"1"', 'a"b', "x y", '"a,b"', "é", "\ufeff", '""'),
  fc.string({ maxLength: 8 }),
);
const line = fc.array(field, { maxLength: 5 }).map((fields) => fields.join(","));
const part = fc
  .record({
    header: fc.constantFrom(COLUMNS, COLUMNS.replaceAll(",", ";"), `\ufeff${COLUMNS}`, '"id","image"', "id"),
    lines: fc.array(line, { maxLength: 6 }),
    newline: fc.constantFrom("\r\n", "\n"),
  })
  .map(({ header, lines, newline }) => [header, ...lines, ""].join(newline));

describe("the rows of a part", () => {
  it("are the same as a full CSV reader finds in plain lines", () => {
    const plain = fc.array(
      fc.array(fc.constantFrom("", "1", "ab", "é x", "0f"), { minLength: 3, maxLength: 3 }),
    );
    fc.assert(
      fc.property(plain, (rows) => {
        const text = [COLUMNS, ...rows.map((row) => row.join(",")), ""].join("\r\n");
        const [columns = [], ...read] = Papa.parse<string[]>(text, {
          delimiter: ",",
          skipEmptyLines: true,
        }).data;
        expect(rowsIn(Buffer.from(text))).toEqual(
          read.map((row) => Object.fromEntries(row.map((value, index) => [columns[index], value]))),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("are found by column name with any quotes, delimiters and line breaks", () => {
    const edited = ['\ufeff"id";"label"', '"7";"1"', "8;0", ""].join("\n");
    expect(rowsIn(Buffer.from(edited))).toEqual([
      { id: "7", label: "1" },
      { id: "8", label: "0" },
    ]);
    expect(rowsIn(Buffer.from('id,label\r\n"7","1"\r\n"8,5",0\r\n'))).toEqual([
      { id: "7", label: "1" },
      { id: "8,5", label: "0" },
    ]);
    expect(rowsIn(Buffer.from("label,id\r\n1,7\r\n\r\n0,8"))).toEqual([
      { label: "1", id: "7" },
      { label: "0", id: "8" },
    ]);
  });

  it("are read from any text without an error", () => {
    fc.assert(
      fc.property(part, (text) => {
        expect(Array.isArray(rowsIn(Buffer.from(text)))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
