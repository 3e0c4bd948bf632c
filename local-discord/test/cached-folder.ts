import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** The folder in the user's cache where tests keep the programs that they downloaded or unpacked. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "hotdog-bot");
}

/**
 * Fills a folder once per machine. Test files run in parallel and may be killed, so the files are put into a temporary folder
 * beside it, which is then renamed.
 * @param fill gets a temporary folder on the same disk, and returns the path within it to keep
 */
export async function cachedFolder(
  folder: string,
  fill: (temporary: string) => Promise<string>,
): Promise<void> {
  if (await exists(folder)) return;
  await mkdir(join(folder, ".."), { recursive: true });
  const temporary = await mkdtemp(`${folder}-`);
  try {
    await rename(await fill(temporary), folder).catch(async (error: unknown) => {
      // Another test file was faster.
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
