import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const page = new URL("../docs/when-things-fail.md", import.meta.url);

interface Named {
  file: string;
  test: string;
}

/** What a point names in its brackets: `[file](path): "test"; "test"; [file](path): "test"`. */
function testsIn(point: string): Named[] {
  const named: Named[] = [];
  let file = "";
  for (const [, path, test] of point.matchAll(/\]\((\.\.\/[^)]+)\)|(?<=[:;] )"([^"]+)"/g)) {
    file = path ?? file;
    if (test !== undefined) named.push({ file, test });
  }
  return named;
}

async function points(): Promise<string[]> {
  const text = await readFile(page, "utf8");
  const [, ...sections] = text.split("\n## ");
  return sections
    .flatMap((section) => section.split("\n- ").slice(1))
    .map((point) => point.replaceAll(/\s+/g, " "));
}

it("the page names a test for each of its points, and each of them exists", async () => {
  const all = await points();
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((point) => testsIn(point).length === 0)).toEqual([]);
  const missing = await Promise.all(
    all.flatMap(testsIn).map(async ({ file, test }) => {
      const code = await readFile(new URL(file, page), "utf8");
      const exists = new RegExp(
        // By itself, or in a table of tests.
        `\\b(it(\\.each\\([^)]*\\))?\\(|name:)\\s*${RegExp.escape(JSON.stringify(test))}`,
      ).test(code);
      return exists ? [] : [`${file}: ${test}`];
    }),
  );
  expect(missing.flat()).toEqual([]);
});

it("the page has nothing but points below its headings", async () => {
  const text = await readFile(page, "utf8");
  const [, ...sections] = text.split("\n## ");
  for (const section of sections) {
    const [, ...lines] = section.trim().split("\n");
    expect(lines.filter((line) => line !== "" && !line.startsWith("- ") && !line.startsWith("  "))).toEqual(
      [],
    );
  }
});
