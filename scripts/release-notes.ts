/** Prints what the changelog says about a version, for its release: `node scripts/release-notes.ts v1.0.0`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import project from "../package.json" with { type: "json" };

const CHANGELOG = join(import.meta.dirname, "../CHANGELOG.md");

/**
 * Returns the section of a version in a changelog, without its heading.
 * @param tag the name of the tag: "v" and the version of the package
 * @throws Error if the package has another version, or the changelog no section about it
 */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`)
    throw new Error(`The tag is ${tag}, but package.json has the version ${version}.`);
  const sections = changelog.split(/^## /m).map((section) => section.split(/\n(.*)/s));
  // A heading may have a date: "1.0.0 (2027-01-31)".
  const [, notes = ""] = sections.find(([heading = ""]) => heading.split(" ", 1)[0] === version) ?? [];
  if (notes.trim() === "") throw new Error(`CHANGELOG.md has no section "## ${version}".`);
  return `${notes.trim()}\n`;
}

if (import.meta.main)
  process.stdout.write(releaseNotes(process.argv[2] ?? "", project.version, readFileSync(CHANGELOG, "utf8")));
