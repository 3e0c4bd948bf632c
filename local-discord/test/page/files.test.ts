import { describe, expect, it } from "vitest";
import type { Option } from "../../page/commands/command-line.ts";
import { admitFiles, assign, MAX_FILE_BYTES } from "../../page/files/attached.ts";
import { nextFocus } from "../../page/menu/next-focus.ts";

const option = (name: string, type = 11) => ({ type, name, description: "" }) as Option;
const options = [option("image"), option("note", 3), option("image2"), option("image3")];
const attached = (name: string, chosen: string | null = null) => ({
  key: name,
  file: new File(["x"], name),
  option: chosen,
});

function places(...files: ReturnType<typeof attached>[]): string {
  const { given, left } = assign(options, files);
  const filled = options.filter((one) => given.has(one));
  return [...filled.map((one) => `${one.name}=${given.get(one)?.key}`), ...left.map(({ key }) => key)].join(
    " ",
  );
}

describe("attachment options", () => {
  it("are filled in order, except with files that were chosen for one", () => {
    expect(places(attached("a"), attached("b"))).toBe("image=a image2=b");
    expect(places(attached("a"), attached("b", "image"), attached("c"))).toBe("image=b image2=a image3=c");
    expect(places(attached("a", "gone"))).toBe("image=a");
  });

  it("get the files whose type they accept, and only then any others", () => {
    const typed = [
      { ...option("image"), file_types: ["image"] },
      { ...option("notes"), file_types: [".txt"] },
    ] as Option[];
    const filled = (...names: string[]) => {
      const { given } = assign(
        typed,
        names.map((name) => attached(name)),
      );
      return typed.map((one) => given.get(one)?.key);
    };
    expect(filled("a.txt", "a.png")).toEqual(["a.png", "a.txt"]);
    expect(filled("a.txt", "b.txt")).toEqual(["b.txt", "a.txt"]);
  });

  it("leave files over if there are too many", () => {
    expect(places(attached("a"), attached("b"), attached("c"), attached("d"))).toBe(
      "image=a image2=b image3=c d",
    );
  });
});

describe("files", () => {
  it("are at most ten, and none over the size limit", () => {
    const large = new File([new Uint8Array(MAX_FILE_BYTES + 1)], "large");
    const exact = new File([new Uint8Array(MAX_FILE_BYTES)], "exact");
    const small = new File(["x"], "small");
    expect(admitFiles([large, exact, small], 9)).toEqual({
      admitted: [exact],
      tooMany: [small],
      tooLarge: [large],
    });
  });
});

describe("a key in a menu", () => {
  it.each([
    ["ArrowDown", "b", "c"],
    ["ArrowDown", "c", "a"],
    ["ArrowUp", "a", "c"],
    ["ArrowUp", "", "c"],
    ["ArrowDown", "", "a"],
    ["Home", "c", "a"],
    ["End", "a", "c"],
    ["x", "a", null],
  ])("%s moves the focus from %j to %j", (key, from, to) => {
    expect(nextFocus(key, ["a", "b", "c"], from)).toBe(to);
  });
});
