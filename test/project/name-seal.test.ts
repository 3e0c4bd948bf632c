import { describe, expect, it } from "vitest";
import { shownImage } from "../../src/jobs/references.ts";
import { imageName } from "../../src/labeling/images.ts";
import { nameSeal } from "../../src/project/name-seal.ts";

const SESSION = "1573801441280131072";
const OTHER_SESSION = "1573801441280131073";
const seal = nameSeal("sixteen characters or more");
const names = Array.from({ length: 200 }, (_, index) => imageName(Buffer.from([index]), "png"));

describe("a sealed image name", () => {
  it("is opened by the session that sealed it", () => {
    for (const name of names) {
      const sealed = seal.seal(SESSION, name);
      expect(shownImage.parse(sealed)).toMatch(/^sealed-[0-9a-f]{64}\.png$/);
      expect(seal.unseal(SESSION, sealed)).toBe(name);
    }
  });

  it("says neither its place among the names nor what it is in another session or project", () => {
    const sealed = names.map((name) => seal.seal(SESSION, name));
    expect(new Set(sealed).size).toBe(names.length);
    const inOrder = (list: readonly string[]): number[] => list.toSorted().map((name) => list.indexOf(name));
    expect(inOrder(sealed)).not.toEqual(inOrder(names));
    expect(sealed).not.toContain(seal.seal(OTHER_SESSION, names[0] ?? ""));
    expect(sealed).not.toContain(nameSeal("another key of characters").seal(SESSION, names[0] ?? ""));
    expect(sealed.filter((name, index) => name.includes(names[index]?.slice(0, 8) ?? ""))).toEqual([]);
  });

  it("of a button of an earlier version is the name", () => {
    expect(names.map((name) => seal.unseal(SESSION, name))).toEqual(names);
  });
});
