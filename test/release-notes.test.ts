import { describe, expect, it } from "vitest";
import { releaseNotes } from "../scripts/release-notes.ts";

const CHANGELOG = `# Changelog

## Unreleased

- Later.

## 1.0.0 (2027-01-31)

### Added

- All of it, see [the docs](docs/all.md#it) and [Node](https://nodejs.org).

## 0.9.0

- Most of it.
`;

describe("the notes of a release", () => {
  const repository = "https://github.com/mustard/hotdog-bot";
  const notesOf = (tag: string, version: string): string =>
    releaseNotes({ tag, version, repository }, CHANGELOG);

  it("are the section of the version, with or without a date", () => {
    expect(notesOf("v1.0.0", "1.0.0")).toMatch(/^### Added\n\n- All of it, .*\n$/);
    expect(notesOf("v0.9.0", "0.9.0")).toBe("- Most of it.\n");
  });

  it("link to the files of the tag, and leave other links as they are", () => {
    expect(notesOf("v1.0.0", "1.0.0")).toContain(
      `[the docs](${repository}/blob/v1.0.0/docs/all.md#it) and [Node](https://nodejs.org)`,
    );
  });

  it.each([
    ["v1.0.1", "1.0.0", "The tag is v1.0.1, but package.json has the version 1.0.0."],
    ["1.0.0", "1.0.0", "The tag is 1.0.0, but package.json has the version 1.0.0."],
    ["v1.0.1", "1.0.1", 'CHANGELOG.md has no section "## 1.0.1".'],
    ["v1.0", "1.0", 'CHANGELOG.md has no section "## 1.0".'],
  ])("do not exist for %s of %s", (tag, version, message) => {
    expect(() => notesOf(tag, version)).toThrow(message);
  });
});
