import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Before all tests: a folder for their files, which goes when they are over. */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "hotdog-bot-infra-"));
  process.env["TEST_FOLDER"] = folder;
  return () => rmSync(folder, { recursive: true });
}
