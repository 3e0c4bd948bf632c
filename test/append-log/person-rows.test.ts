import { describe, expect, it } from "vitest";
import { takeRows } from "../../src/append-log/erasure/person-rows.ts";

const TABLE = { prefix: "rows/", columns: ["id", "image", "labeler", "name"], person: "labeler" };
const [ANN, BOB, CAT] = ["a1".repeat(32), "b2".repeat(32), "c3".repeat(32)];
const HEADER = "id,image,labeler,name\r\n";

function taken(part: string | Buffer, wanted: (id: string | undefined) => boolean = () => true) {
  const { rows, rest } = takeRows(Buffer.from(part), TABLE, [ANN], wanted);
  return { rows, rest: rest.toString() };
}

describe("the rows of a person", () => {
  it("are taken out of a part, and the rest stays as it was", () => {
    const part = `${HEADER}1,x,${ANN},a\r\n2,y,${BOB},"b, ""c"""\r\n3-1,z,${ANN},"d, e"\r\n`;
    expect(taken(part)).toEqual({
      rows: [
        { id: "1", image: "x", labeler: ANN, name: "a" },
        { id: "3-1", image: "z", labeler: ANN, name: "d, e" },
      ],
      rest: `${HEADER}2,y,${BOB},"b, ""c"""\r\n`,
    });
  });

  it("are found under any of their pseudonyms", () => {
    const part = `${HEADER}1,x,${ANN},a\r\n2,y,${BOB},b\r\n3,z,${CAT},c\r\n`;
    const { rows, rest } = takeRows(Buffer.from(part), TABLE, [ANN, CAT], () => true);
    expect(rows.map(({ id }) => id)).toEqual(["1", "3"]);
    expect(rest.toString()).toBe(`${HEADER}2,y,${BOB},b\r\n`);
  });

  it("are chosen by the snowflake that their ids start with", () => {
    const asked: (string | undefined)[] = [];
    const part = `${HEADER}1-2,x,${ANN},a\r\n2,y,${BOB},b\r\n3,z,${ANN},c\r\n`;
    const { rest } = taken(part, (id) => {
      asked.push(id);
      return id === "1";
    });
    expect(asked).toEqual(["1", "3"]);
    expect(rest).toBe(`${HEADER}2,y,${BOB},b\r\n3,z,${ANN},c\r\n`);
  });

  it("do not include rows with the pseudonym in another column", () => {
    const part = `${HEADER}1,${ANN}.png,${BOB},${ANN}\r\n2,${ANN},${BOB},a\r\n`;
    expect(taken(part)).toEqual({ rows: [], rest: part });
  });

  it("leave all other rows byte for byte, in any encoding", () => {
    const others = Buffer.from(`2,y,${BOB},caf\xE9\r\n`, "latin1");
    const part = Buffer.concat([Buffer.from(`${HEADER}1,x,${ANN},é🌭\r\n`), others]);
    const { rows, rest } = takeRows(part, TABLE, [ANN], () => true);
    expect(rows[0]?.["name"]).toBe("é🌭");
    expect(rest).toEqual(Buffer.concat([Buffer.from(HEADER), others]));
  });

  it.each([
    ["a byte order mark", `\uFEFF${HEADER}`, `1,x,${ANN},a\r\n`, `2,y,${BOB},b\r\n`],
    ["semicolons and other line breaks", "id;image;labeler;name\n", `1;x;${ANN};"a;b"\n`, `2;y;${BOB};b\n`],
    ["another order of columns", "labeler,name,id,image\r\n", `${ANN},a,1,x\r\n`, `${BOB},b,2,y\r\n`],
    [
      "quotes everywhere",
      '"id","image","labeler","name"\r\n',
      `"1","x","${ANN}","a"\r\n`,
      `"2","y","${BOB}","b"\r\n`,
    ],
    ["no line break at its end", HEADER, `1,x,${ANN},a\r\n`, `2,y,${BOB},b`],
    ["old line breaks", "id,image,labeler,name\r", `1,x,${ANN},a\r`, `2,y,${BOB},b\r`],
    ["no header", "", `1,x,${ANN},a\r\n`, `2,y,${BOB},b\r\n`],
    ["a line break in a field", HEADER, `1,x,${ANN},"a\r\nb, c"\r\n`, `2,y,${BOB},b\r\n`],
  ])("are found in a part to which an editor has given %s", (_, header, own, other) => {
    const { rows, rest } = taken(header + own + other);
    expect(rows).toMatchObject([{ id: "1", labeler: ANN, image: "x" }]);
    expect(rest).toBe(header + other);
    const turned = taken(header + other.replace(/b$/, "b\r\n") + own);
    expect(turned.rows).toMatchObject([{ id: "1" }]);
  });

  it("include unreadable rows with the pseudonym in one of their fields", () => {
    const torn = `1.57E+18,x,${ANN}\r\n`;
    const others = `1.57E+18,x,${BOB}\r\n,,,\r\n"2,y\r\n3,z,${BOB},c\r\n\r\n# a note\r\n`;
    const asked: (string | undefined)[] = [];
    const { rest } = taken(HEADER + others + torn, (id) => {
      asked.push(id);
      return true;
    });
    expect(asked).toEqual([undefined]);
    expect(rest).toBe(HEADER + others);
  });
});
