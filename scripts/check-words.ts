/** Reports words that scripts/words-to-avoid.txt lists, in the text files of the project. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFiles } from "./project-files.ts";

const ROOT = join(import.meta.dirname, "..");
const LIST = "scripts/words-to-avoid.txt";

/** Files that are not English, not ours, or about the words themselves. */
const SKIPPED = [
  /package-lock\.json$/,
  /^LICENSE$/,
  /\.(png|webp|jpg|gif|ico|woff2?)$/,
  /\/texts\/(?!en[./])[a-z]{2}(-[A-Z]{2})?(\/[a-z-]+)?\.ts$/,
  /^scripts\/words-to-avoid\.txt$/,
  /^test\/check-words\.test\.ts$/,
];

export interface Rule {
  pattern: RegExp;
  advice: string;
}

export interface Finding {
  line: number;
  found: string;
  advice: string;
}

/** @throws Error if a line is not a pattern, at least two spaces, and an advice */
export function parseRules(text: string): Rule[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const { pattern, advice } = /^(?<pattern>.+?) {2,}(?<advice>.+)$/.exec(line)?.groups ?? {};
    if (pattern === undefined || advice === undefined) throw new Error(`not a rule: ${line}`);
    return { pattern: new RegExp(pattern, "gi"), advice };
  });
}

export function findWords(text: string, rules: readonly Rule[]): Finding[] {
  return text
    .split("\n")
    .flatMap((content, index) =>
      rules.flatMap(({ pattern, advice }) =>
        Array.from(content.matchAll(pattern), ([found]) => ({ line: index + 1, found, advice })),
      ),
    );
}

/** Leaves out what may contain any word: earlier releases, and the words that the style guide advises against. */
function checkedPart(path: string, text: string): string {
  if (path === "CHANGELOG.md") return text.split(/^## (?!Unreleased)/m)[0] ?? "";
  return path === "CONTRIBUTING.md" ? text.replaceAll(/^\|[^|]+/gm, "") : text;
}

function main(paths: readonly string[]): void {
  const rules = parseRules(readFileSync(join(ROOT, LIST), "utf8"));
  const isChosen = (file: string): boolean =>
    paths.length === 0 ||
    paths.some((path) => file === path || file.startsWith(`${path.replace(/\/$/, "")}/`));
  const files = projectFiles(ROOT).filter(
    (file) => isChosen(file) && !SKIPPED.some((skip) => skip.test(file)),
  );
  const lines = files.flatMap((path) => {
    const text = checkedPart(path, readFileSync(join(ROOT, path), "utf8"));
    return findWords(text, rules).map(({ line, found, advice }) => `${path}:${line}: ${found} → ${advice}`);
  });
  if (lines.length === 0) return;
  process.stderr.write(`${lines.join("\n")}\n\n${lines.length} words to avoid; ${LIST} lists them all.\n`);
  process.exitCode = 1;
}

if (import.meta.main) main(process.argv.slice(2));
