/**
 * Prints what the changelog says about a version, for its release:
 * `node scripts/release-notes.ts v1.0.0 https://github.com/OWNER/NAME`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import project from "../package.json" with { type: "json" };

const CHANGELOG = join(import.meta.dirname, "../CHANGELOG.md");

/** A release and where it is made. */
interface Release {
  /** Name of the tag: "v" and the version. */
  tag: string;
  /** The version of the package. */
  version: string;
  /** Address of the repository. */
  repository: string;
}

/**
 * Returns the section of a version in a changelog, without its heading. Links to files of the repository lead to them as they were at
 * the tag, because the page of a release is not beside them.
 * @throws Error if the package has another version, or the changelog no section about it
 */
export function releaseNotes({ tag, version, repository }: Release, changelog: string): string {
  if (tag !== `v${version}`)
    throw new Error(`The tag is ${tag}, but package.json has the version ${version}.`);
  const sections = changelog.split(/^## /m).map((section) => section.split(/\n(.*)/s));
  // A heading may have a date: "1.0.0 (2027-01-31)".
  const [, notes = ""] = sections.find(([heading = ""]) => heading.split(" ", 1)[0] === version) ?? [];
  if (notes.trim() === "") throw new Error(`CHANGELOG.md has no section "## ${version}".`);
  return `${notes.trim().replaceAll(/\]\((?!https?:|#)/g, `](${repository}/blob/${tag}/`)}\n`;
}

if (import.meta.main) {
  const [tag = "", repository = ""] = process.argv.slice(2);
  const release = { tag, version: project.version, repository };
  process.stdout.write(releaseNotes(release, readFileSync(CHANGELOG, "utf8")));
}
