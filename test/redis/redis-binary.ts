import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cachedFolder, cacheFolder } from "../../local-discord/test/cached-folder.ts";

const run = promisify(execFile);

/** Packages of redis-server on Debian and Ubuntu, without the libraries that every such system has. */
const PACKAGES = ["redis-server", "redis-tools", "libjemalloc2", "liblzf1", "libatomic1"];
const TRIPLETS = ["x86_64-linux-gnu", "aarch64-linux-gnu"];

interface RedisBinary {
  path: string;
  /** Variables that it needs besides the test's own environment. */
  env: Record<string, string>;
}

/**
 * Finds redis-server on PATH, or else downloads Debian's package into the user's cache. Needs no root.
 * @throws Error that says what to install when neither works
 */
export async function findRedis(environment: NodeJS.ProcessEnv = process.env): Promise<RedisBinary> {
  const onPath: RedisBinary = { path: "redis-server", env: {} };
  if (await works(onPath, environment)) return onPath;
  const folder = join(cacheFolder(environment), "redis");
  const fetched = binaryIn(folder);
  if (await works(fetched, environment)) return fetched;
  try {
    await cachedFolder(folder, (temporary) => download(temporary, environment));
    await run(fetched.path, ["--version"], { env: { ...environment, ...fetched.env } });
    return fetched;
  } catch (error) {
    throw new Error(
      `The tests need Redis. There is no redis-server on PATH, and apt-get could not download one into ${folder}: ${reasonOf(error)}. Install redis-server 6.2 or newer (macOS: "brew install redis").`,
      { cause: error },
    );
  }
}

async function works({ path, env }: RedisBinary, environment: NodeJS.ProcessEnv): Promise<boolean> {
  return run(path, ["--version"], { env: { ...environment, ...env } }).then(
    () => true,
    () => false,
  );
}

function binaryIn(folder: string): RedisBinary {
  const places = ["usr/lib", "lib"].flatMap((lib) => TRIPLETS.map((triplet) => join(folder, lib, triplet)));
  return { path: join(folder, "usr/bin/redis-server"), env: { LD_LIBRARY_PATH: places.join(":") } };
}

/** Downloads the package, and first the package lists if the machine has none, like a new container. */
async function download(temporary: string, env: NodeJS.ProcessEnv): Promise<string> {
  const [packages, unpacked, lists, cache] = ["packages", "unpacked", "lists", "cache"].map((name) =>
    join(temporary, name),
  ) as [string, string, string, string];
  await Promise.all(
    [packages, unpacked, join(lists, "partial"), cache].map((path) => mkdir(path, { recursive: true })),
  );
  const inPackages = { cwd: packages, env };
  await run("apt-get", ["download", ...PACKAGES], inPackages).catch(async () => {
    const ownFolders = ["-o", `Dir::State::lists=${lists}`, "-o", `Dir::Cache=${cache}`];
    await run("apt-get", [...ownFolders, "update"], inPackages);
    await run("apt-get", [...ownFolders, "download", ...PACKAGES], inPackages);
  });
  await run("sh", ["-c", 'for package in *.deb; do dpkg -x "$package" ../unpacked; done'], inPackages);
  return unpacked;
}

/** Returns the last line of the message, where the output of apt-get ends. */
function reasonOf(error: unknown): string {
  return String(error).trim().split("\n").at(-1) ?? "";
}
