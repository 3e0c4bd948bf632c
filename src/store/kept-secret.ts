import { randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "../start-error.ts";

const NAME = ".labeler-secret";
const LEAST = 16;

/** The key of the pseudonyms that belong to the labels in this folder; made at its first use, readable to its owner only. */
export async function keptSecret(folder: string): Promise<string> {
  const path = join(folder, NAME);
  const aside = `${path}.${randomUUID()}`;
  await writeFile(aside, randomBytes(32).toString("hex"), { mode: 0o600, flush: true });
  try {
    // Never replaces one that is there: with another key everybody would be a new person.
    await link(aside, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    const secret = (await readFile(path, "utf8")).trim();
    if (secret.length < LEAST)
      throw new StartError(`The key in ${path} is damaged. Put back the one that was there.`);
    return secret;
  } finally {
    await rm(aside, { force: true });
  }
}
