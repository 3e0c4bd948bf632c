import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const PAGE = new URL("../docs/failure-modes.md", import.meta.url);

interface NamedTest {
  file: string;
  title: string;
}

/** Reads the tests in the parentheses of a point: `([file](path): "title"; "title"; [file](path): "title")`. */
function namedTests(point: string): NamedTest[] {
  const tests: NamedTest[] = [];
  let file = "";
  for (const [, path, title] of point.matchAll(/\]\((\.\.\/[^)]+)\)|(?<=[:;] )"([^"]+)"/g)) {
    file = path ?? file;
    if (title !== undefined) tests.push({ file, title });
  }
  return tests;
}

/** The text below each heading. */
async function sections(): Promise<string[]> {
  const text = await readFile(PAGE, "utf8");
  return text
    .split("\n## ")
    .slice(1)
    .map((section) => section.slice(section.indexOf("\n")));
}

it("each point of the page names a test, and each of these tests exists", async () => {
  const points = (await sections())
    .flatMap((section) => section.split("\n- ").slice(1))
    .map((point) => point.replaceAll(/\s+/g, " "));
  expect(points.length).toBeGreaterThan(20);
  expect(points.filter((point) => namedTests(point).length === 0)).toEqual([]);
  const missing = await Promise.all(
    points.flatMap(namedTests).map(async ({ file, title }) => {
      const code = await readFile(new URL(file, PAGE), "utf8");
      // The title of a test, or of a row in a table of tests.
      const pattern = `\\b(it(\\.each\\([^)]*\\))?\\(|name:)\\s*${RegExp.escape(JSON.stringify(title))}`;
      return new RegExp(pattern).test(code) ? [] : [`${file}: ${title}`];
    }),
  );
  expect(missing.flat()).toEqual([]);
});

it("each link to a file on the page has the file's name", async () => {
  const links = [...(await readFile(PAGE, "utf8")).matchAll(/\[([^\]]+\.ts)\]\([^)]*\/([^/)]+)\)/g)];
  expect(links.map(([, text]) => text)).toEqual(links.map(([, , name]) => name));
});

it("the page has only points below its headings", async () => {
  const others = (await sections())
    .flatMap((section) => section.split("\n"))
    .filter((line) => line !== "" && !line.startsWith("- ") && !line.startsWith("  "));
  expect(others).toEqual([]);
});
