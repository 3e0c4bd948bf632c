import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { isSealed, sealed, unsealed } from "../../src/append-log/seal.ts";

describe("a seal", () => {
  it.each([
    ["id,text\r\n1,a\r\n", '"id",text\r\n1,a\r\n'],
    ["\uFEFFid;text;more\n1;a;b\n", '\uFEFF"id";text;more\n1;a;b\n'],
    ["id\r\n", '"id"\r\n'],
    ["1573794242990440448,a\r\n", '"1573794242990440448",a\r\n'],
  ])("goes into the header of %j, and CSV readers see the same table", (before, after) => {
    expect(isSealed(Buffer.from(before))).toBe(false);
    expect(sealed(Buffer.from(before)).toString()).toBe(after);
    expect(isSealed(Buffer.from(after))).toBe(true);
    expect(unsealed(Buffer.from(after)).toString()).toBe(before);
    expect(unsealed(Buffer.from(before)).toString()).toBe(before);
    expect(Papa.parse(after).data).toEqual(Papa.parse(before).data);
  });

  it("is not added twice", () => {
    const part = sealed(Buffer.from("id,text\r\n"));
    expect(sealed(part)).toBe(part);
  });

  it("can be added to any part", () => {
    expect(isSealed(sealed(Buffer.alloc(0)))).toBe(true);
    expect(isSealed(sealed(Buffer.from("id")))).toBe(true);
    expect(isSealed(Buffer.alloc(0))).toBe(false);
  });
});
