import { cpSync, existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";

/** The folder of the repository, whose packages are copied. */
const REPOSITORY = join(import.meta.dirname, "../..");

/** The command that installs packages in the Dockerfile. */
export const INSTALL = "npm ci --omit=dev --ignore-scripts --no-audit --no-fund";

const names = z.record(z.string(), z.unknown()).default({});
const lockFile = z.object({
  /** By path from the lock file's folder; the project itself is "". */
  packages: z.record(
    z.string(),
    z.object({ dependencies: names, optionalDependencies: names, peerDependencies: names }),
  ),
});

type Packages = z.infer<typeof lockFile>["packages"];

/**
 * Does what {@link INSTALL} does in a folder that has `package.json` and the lock file alone, without npm and without a registry:
 * copies the packages that the project itself needs in production from the repository's node_modules. The workspace is not in
 * such a folder, so npm installs neither the workspace nor its dependencies there.
 * @param folder with a package-lock.json
 * @throws Error when the repository's node_modules holds packages that the lock file does not name
 */
export async function installProduction(folder: string): Promise<void> {
  const [locked, installed] = await Promise.all([
    readLock(join(folder, "package-lock.json")),
    readLock(join(REPOSITORY, "node_modules/.package-lock.json")),
  ]);
  const foreign = Object.keys(installed).filter((path) => !(path in locked));
  if (foreign.length > 0)
    throw new Error(`package-lock.json does not name these packages; run npm ci: ${foreign.join(", ")}`);
  const needed = neededBy("", locked);
  const paths = Object.keys(installed).filter((path) => needed.has(path));
  // Sorted, so that a package is copied before the packages within it.
  for (const path of paths.toSorted()) await copyPackage(join(REPOSITORY, path), join(folder, path));
}

async function readLock(path: string): Promise<Packages> {
  return lockFile.parse(JSON.parse(await readFile(path, "utf8"))).packages;
}

/** Adds the paths of all packages that this one needs in production, directly or through others. */
function neededBy(path: string, packages: Packages, found = new Set<string>()): Set<string> {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = packages[path] ?? {};
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
    const resolved = resolve(name, path, packages);
    if (resolved === undefined || found.has(resolved)) continue;
    found.add(resolved);
    neededBy(resolved, packages, found);
  }
  return found;
}

/** Finds a package as Node does: in the node_modules of the package that needs it, then further out. */
function resolve(name: string, from: string, packages: Packages): string | undefined {
  const candidate = join(from, "node_modules", name).replaceAll(sep, "/");
  if (candidate in packages) return candidate;
  return from === "" ? undefined : resolve(name, outerPackage(from), packages);
}

function outerPackage(path: string): string {
  const end = path.lastIndexOf("/node_modules/");
  return end === -1 ? "" : path.slice(0, end);
}

/** Copies a package without the packages within it, which the lock file names themselves. */
async function copyPackage(from: string, to: string): Promise<void> {
  const isOwn = (path: string): boolean => !relative(from, path).split(sep).includes("node_modules");
  const options = { recursive: true, verbatimSymlinks: true };
  if (existsSync(join(from, "node_modules"))) await cp(from, to, { ...options, filter: isOwn });
  // Without a filter, this copies in native code, which takes a fraction of the time for the thousands of files.
  else cpSync(from, to, options);
}
