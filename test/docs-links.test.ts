import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { projectFiles } from "../scripts/project-files.ts";

const ROOT = join(import.meta.dirname, "..");

/** Removes code, in which brackets are not links. */
function prose(markdown: string): string {
  return markdown.replaceAll(/^ *```.*?^ *```$/gms, "").replaceAll(/`[^`\n]*`/g, "code");
}

/** @see https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links */
function anchors(markdown: string): string[] {
  const withoutBlocks = markdown.replaceAll(/^ *```.*?^ *```$/gms, "");
  return Array.from(withoutBlocks.matchAll(/^#{1,6} +(.*)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** @returns what is wrong with a relative link; undefined if it is right */
function problem(page: string, link: string): string | undefined {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return `${page}: there is no ${target}`;
  if (anchor === undefined || anchors(readFileSync(join(ROOT, target), "utf8")).includes(anchor))
    return undefined;
  return `${page}: ${target} has no heading for #${anchor}`;
}

it("relative links in Markdown files lead to files and headings that exist", () => {
  const pages = projectFiles(ROOT).filter((file) => file.endsWith(".md"));
  expect(pages).toContain("README.md");
  const problems = pages.flatMap((page) => {
    const text = prose(readFileSync(join(ROOT, page), "utf8"));
    const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link = ""]) => link);
    const relative = links.filter((link) => !/^[a-z]+:/.test(link));
    return relative.map((link) => problem(page, link)).filter((found) => found !== undefined);
  });
  expect(problems).toEqual([]);
});
