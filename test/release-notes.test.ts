import { describe, expect, it } from "vitest";
import { releaseNotes } from "../scripts/release-notes.ts";

const CHANGELOG = `# Changelog

## Unreleased

- Later.

## 1.0.0 (2027-01-31)

### Added

- All of it.

## 0.9.0

- Most of it.
`;

describe("the notes of a release", () => {
  it("are the section of the version, with or without a date", () => {
    expect(releaseNotes("v1.0.0", "1.0.0", CHANGELOG)).toBe("### Added\n\n- All of it.\n");
    expect(releaseNotes("v0.9.0", "0.9.0", CHANGELOG)).toBe("- Most of it.\n");
  });

  it.each([
    ["v1.0.1", "1.0.0", "The tag is v1.0.1, but package.json has the version 1.0.0."],
    ["1.0.0", "1.0.0", "The tag is 1.0.0, but package.json has the version 1.0.0."],
    ["v1.0.1", "1.0.1", 'CHANGELOG.md has no section "## 1.0.1".'],
    ["v1.0", "1.0", 'CHANGELOG.md has no section "## 1.0".'],
  ])("do not exist for %s of %s", (tag, version, message) => {
    expect(() => releaseNotes(tag, version, CHANGELOG)).toThrow(message);
  });
});
