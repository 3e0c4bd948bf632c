import { describe, expect, it } from "vitest";

/** What a peer needs and this machine lacks. */
export interface Missing {
  /** Sentences that say what is missing and how to get it, such as "There is no python3. Install it." */
  missing: string;
}

/** Fails instead of skipping a peer that is missing. */
const IS_REQUIRED = process.env["PEERS"] === "required";

/**
 * Defines the checks of a peer, or one that is skipped with the reason, and that fails with PEERS=required.
 * @param name with its version
 */
export function describePeer<Found extends object>(
  name: string,
  found: Found | Missing,
  define: (found: Found) => void,
): void {
  describe.each([name])("%s", () => {
    if (!("missing" in found)) {
      define(found);
      return;
    }
    it("is installed", ({ skip }) => {
      skip(!IS_REQUIRED, found.missing);
      expect.fail(found.missing);
    });
  });
}

/** Returns the last line of an error, where the output of a failed program ends. */
export function lastLine(error: unknown): string {
  return String(error).trim().split("\n").at(-1) ?? "";
}
