import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const TRIPLETS = ["x86_64-linux-gnu", "aarch64-linux-gnu"];

export interface Tool {
  /** Rejects with the output if the exit code is not 0. */
  run(args: string[]): Promise<string>;
}

/**
 * Finds a command on the PATH, or in these packages of Debian and Ubuntu, which apt downloads without root into the user's cache.
 * @throws Error that says what to install if neither works
 */
export async function findTool(name: string, packages: string[]): Promise<Tool> {
  const onPath = tool(name, {});
  if (await works(onPath)) return onPath;
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "hotdog-bot");
  const folder = join(cache, name);
  const libraries = ["usr/lib", "lib"].flatMap((lib) =>
    TRIPLETS.flatMap((triplet) => ["", "systemd"].map((below) => join(folder, lib, triplet, below))),
  );
  const fetched = tool(join(folder, "usr/bin", name), { LD_LIBRARY_PATH: libraries.join(":") });
  if (await works(fetched)) return fetched;
  try {
    await fetchInto(cache, folder, packages);
    await fetched.run(["--version"]);
    return fetched;
  } catch (error) {
    throw new Error(
      `The tests need ${name}: it is not on PATH, and apt-get could not fetch it. Install it.`,
      {
        cause: error,
      },
    );
  }
}

function tool(path: string, environment: Record<string, string>): Tool {
  const env = { ...process.env, ...environment };
  return {
    async run(args) {
      const { stdout, stderr } = await run(path, args, { env }).catch((error: Outputs) => {
        throw new Error(error.stdout + error.stderr, { cause: error });
      });
      return stdout + stderr;
    },
  };
}

type Outputs = Error & { stdout: string; stderr: string };

function works(candidate: Tool): Promise<boolean> {
  return candidate.run(["--version"]).then(
    () => true,
    () => false,
  );
}

/** Unpacks beside the target first, because tests may run in parallel. */
async function fetchInto(cache: string, folder: string, packages: string[]): Promise<void> {
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(join(cache, "fetching-"));
  try {
    await run("apt-get", ["download", ...packages], { cwd: aside });
    await run("sh", ["-c", 'mkdir unpacked && for package in *.deb; do dpkg -x "$package" unpacked; done'], {
      cwd: aside,
    });
    await rm(folder, { recursive: true, force: true });
    await rename(join(aside, "unpacked"), folder).catch(async (error: unknown) => {
      // Another test was faster.
      await access(folder).catch(() => Promise.reject(error));
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
