import { describe, expect, it } from "vitest";
import { readGold } from "../../../src/cli/import/read-gold.ts";

const BIRDS = { labels: ["Robin", "wren, Eurasian", "1"] };

function read(text: string, question = BIRDS) {
  const found = readGold(text, question);
  if (typeof found === "string") throw new Error(found);
  return found;
}

describe("a file of gold answers", () => {
  it("may have other columns, any order, a byte order mark, empty lines and semicolons", () => {
    const text = '\uFEFFnote;Label;image\r\nsure;0;a.jpg\r\n\r\n;"wren, Eurasian";"photos/b;c.jpg"\r\n';
    expect(read(text)).toEqual({
      lines: [
        { line: 2, image: "a.jpg", label: 0 },
        { line: 4, image: "photos/b;c.jpg", label: 1 },
      ],
      mistakes: new Map(),
    });
  });

  it.each([
    ["2", 2],
    ["robin", 0],
    [" Robin ", 0],
    ["WREN, EURASIAN", 1],
    // The number of the wren is also the name of another label.
    ["1", 1],
  ])("takes the label %j for %j", (text, label) => {
    expect(read(`image,label\na.jpg,${JSON.stringify(text)}\n`).lines).toEqual([
      { line: 2, image: "a.jpg", label },
    ]);
  });

  it("prefers the name in exactly these letters", () => {
    const question = { labels: ["polish", "Polish"] };
    expect(read("image,label\na.jpg,Polish\nb.jpg,polish", question).lines.map(({ label }) => label)).toEqual(
      [1, 0],
    );
  });

  it("has its wrong lines named by their numbers, with what is accepted", () => {
    const text = 'image,label\na.jpg,3\n"b\n.jpg",owl\n,1\nc.jpg,\nd.jpg\n';
    const accepted = '0 or "Robin"; 1 or "wren, Eurasian"; 2 or "1"';
    expect(read(text)).toEqual({
      lines: [],
      mistakes: new Map([
        [2, `there is no label "3": ${accepted}`],
        [3, `there is no label "owl": ${accepted}`],
        [5, "the image is missing: its name in the set, or its path as it was imported"],
        [6, `the label is missing: ${accepted}`],
        [7, `the label is missing: ${accepted}`],
      ]),
    });
  });

  it.each(["", "a.jpg,1\n", "image,answer\na.jpg,1\n"])("is refused without its columns: %j", (text) => {
    expect(readGold(text, BIRDS)).toBe("its first line must name the columns image and label: image,label");
  });
});
