import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Creates a folder for the files of all tests, and removes it afterwards. */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "hotdog-bot-infra-"));
  process.env["TEST_FOLDER"] = folder;
  return () => rmSync(folder, { recursive: true });
}
