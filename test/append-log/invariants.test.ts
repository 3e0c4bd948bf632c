import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

const README = new URL("../../src/append-log/README.md", import.meta.url);
const ROOT = join(import.meta.dirname, "../..");

interface Invariant {
  number: string;
  /** Paths of the files that implement it. */
  code: string[];
  tests: { file: string; title: string }[];
}

const pathsIn = (cell: string): string[] =>
  Array.from(cell.matchAll(/\]\(([^)]+)\)/g), ([, path = ""]) => path);

/** Reads `[file](path): "title"; "title"; [file](path): "title"`. */
function testsIn(cell: string): Invariant["tests"] {
  return cell.split(/(?=\[)/).flatMap((named) => {
    const [file = ""] = pathsIn(named);
    return Array.from(named.matchAll(/(?<=[:;] )"([^"]+)"/g), ([, title = ""]) => ({ file, title }));
  });
}

async function invariants(): Promise<Invariant[]> {
  const rows = (await readFile(README, "utf8")).split("\n").filter((line) => /^\| I\d+ /.test(line));
  return rows.map((row) => {
    const [, number = "", , code = "", tests = ""] = row.split(" | ").join("|").split("|");
    return { number: number.trim(), code: pathsIn(code), tests: testsIn(tests) };
  });
}

const textAt = (path: string): Promise<string> => readFile(new URL(path, README), "utf8");

it("the README numbers its invariants in order", async () => {
  const numbers = (await invariants()).map(({ number }) => number);
  expect(numbers.length).toBeGreaterThan(10);
  expect(numbers).toEqual(numbers.map((_, index) => `I${index + 1}`));
});

it("each invariant names code that refers to it, and tests that exist", async () => {
  const problems: string[] = [];
  for (const { number, code, tests } of await invariants()) {
    const texts = await Promise.all(code.map(textAt));
    if (!texts.some((text) => new RegExp(`\\b${number}\\b`).test(text))) problems.push(`${number}: no code`);
    if (tests.length === 0) problems.push(`${number}: no test`);
    for (const { file, title } of tests) {
      const test = new RegExp(`\\bit(\\.each\\([^;]*?\\))?\\(\\s*${RegExp.escape(JSON.stringify(title))}`);
      if (!test.test(await textAt(file))) problems.push(`${number}: ${file}: ${title}`);
    }
  }
  expect(problems).toEqual([]);
});

it("code and design refer only to invariants that exist", async () => {
  const known = new Set((await invariants()).map(({ number }) => number));
  const folders = ["src/append-log", "src/append-log/erasure", "src/project"];
  const listed = await Promise.all(
    folders.map(async (folder) => (await readdir(join(ROOT, folder))).map((name) => join(folder, name))),
  );
  const files = [...listed.flat().filter((name) => name.endsWith(".ts")), "docs/design/append-log.md"];
  const unknown = files.map(async (file) => {
    const text = await readFile(join(ROOT, file), "utf8");
    return Array.from(text.matchAll(/\bI\d+\b/g), ([number]) => number)
      .filter((number) => !known.has(number))
      .map((number) => `${file}: ${number}`);
  });
  expect((await Promise.all(unknown)).flat()).toEqual([]);
});
