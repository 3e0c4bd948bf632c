import { cp, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";

const AT_HAND = join(import.meta.dirname, "../..");

/** What `RUN` says to install packages. */
export const INSTALL = "npm ci --omit=dev --ignore-scripts --no-audit --no-fund";

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().default(false) })),
});

/**
 * Does what {@link INSTALL} does, without npm and without a registry: copies from the packages at hand those that the lock file
 * of this folder does not mark as needed for development alone. Scripts of packages are not run, as the command says.
 * @param folder with a package-lock.json
 * @throws Error when other packages are at hand than the lock file names
 */
export async function installProduction(folder: string): Promise<void> {
  const [wanted, installed] = await Promise.all([
    readLock(join(folder, "package-lock.json")),
    readLock(join(AT_HAND, "node_modules/.package-lock.json")),
  ]);
  const foreign = Object.keys(installed).filter((path) => !(path in wanted));
  if (foreign.length > 0)
    throw new Error(`package-lock.json does not name these packages; run npm ci: ${foreign.join(", ")}`);
  const paths = Object.keys(installed).filter((path) => wanted[path]?.dev === false);
  // A package comes before those within it.
  for (const path of paths.toSorted()) await copyPackage(join(AT_HAND, path), join(folder, path));
}

/** The packages of a lock file, by their path; the project itself is left out. */
async function readLock(path: string): Promise<Record<string, { dev: boolean }>> {
  const { packages } = lockFile.parse(JSON.parse(await readFile(path, "utf8")));
  delete packages[""];
  return packages;
}

/** Without the packages within it, which the lock file names themselves. */
function copyPackage(from: string, to: string): Promise<void> {
  const isOwn = (path: string): boolean => !relative(from, path).split(sep).includes("node_modules");
  return cp(from, to, { recursive: true, verbatimSymlinks: true, filter: isOwn });
}
