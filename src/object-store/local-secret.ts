import { randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { StartError } from "../platform/start-error.ts";
import { errorCode } from "../platform/describe-error.ts";

const MIN_SECRET_CHARACTERS = 16;

/**
 * Reads a secret from its file, or creates one of 64 hexadecimal digits on first use. Only the owner can read the file.
 * @throws StartError if the secret is too short; Error of the file system
 */
export async function localSecret(path: string): Promise<string> {
  const secret = (await readSecret(path)) ?? (await createSecret(path));
  if (secret.length < MIN_SECRET_CHARACTERS)
    throw new StartError(`The key in ${path} is damaged. Restore it from a backup.`);
  return secret;
}

async function readSecret(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Never replaces a secret that another process has just created, because a new one would change everybody's pseudonym. */
async function createSecret(path: string): Promise<string> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, randomBytes(32).toString("hex"), { mode: 0o600, flush: true });
  try {
    await link(temporary, path).catch((error: unknown) => {
      if (errorCode(error) !== "EEXIST") throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
  return (await readSecret(path)) ?? "";
}
