import { randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const NAME = ".labeler-secret";

/** The key of the pseudonyms that belong to the labels in this folder; made at its first use, readable to its owner only. */
export async function keptSecret(folder: string): Promise<string> {
  const path = join(folder, NAME);
  const aside = `${path}.${randomUUID()}`;
  await writeFile(aside, randomBytes(32).toString("hex"), { mode: 0o600, flush: true });
  try {
    // Never replaces one that is there: with another key everybody would be a new person.
    await link(aside, path).catch(() => {});
    return await readFile(path, "utf8");
  } finally {
    await rm(aside, { force: true });
  }
}
