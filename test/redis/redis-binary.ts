import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What Debian's and Ubuntu's redis-server is made of, but for libraries that every such system has. */
const PACKAGES = ["redis-server", "redis-tools", "libjemalloc2", "liblzf1", "libatomic1"];
const TRIPLETS = ["x86_64-linux-gnu", "aarch64-linux-gnu"];

interface RedisBinary {
  path: string;
  /** What it needs besides the test's own environment. */
  env: Record<string, string>;
}

/**
 * The redis-server on PATH, or else one that apt fetches without root into the user's cache.
 * @throws Error that says what to install when neither works
 */
export async function findRedis(environment: NodeJS.ProcessEnv = process.env): Promise<RedisBinary> {
  const onPath: RedisBinary = { path: "redis-server", env: {} };
  if (await works(onPath, environment)) return onPath;
  const cache = join(environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "hotdog-bot");
  const folder = join(cache, "redis");
  const fetched = binaryIn(folder);
  if (await works(fetched, environment)) return fetched;
  try {
    await fetchInto(cache, folder, environment);
    await run(fetched.path, ["--version"], { env: { ...environment, ...fetched.env } });
    return fetched;
  } catch (error) {
    throw new Error(
      `The tests need a Redis: there is no redis-server on PATH, and apt-get could not fetch one into ${folder}. Install redis-server.`,
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

/** Aside first, as test files run side by side. */
async function fetchInto(cache: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(join(cache, "fetching-"));
  try {
    await run("apt-get", ["download", ...PACKAGES], { cwd: aside, env });
    await run("sh", ["-c", 'mkdir unpacked && for package in *.deb; do dpkg -x "$package" unpacked; done'], {
      cwd: aside,
      env,
    });
    await rename(join(aside, "unpacked"), folder).catch(async (error: unknown) => {
      // Another test file was faster.
      await access(folder).catch(() => Promise.reject(error));
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
