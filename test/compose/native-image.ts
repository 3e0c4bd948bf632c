import { execFile, spawn } from "node:child_process";
import { chmod, chown, copyFile, cp, mkdir, mkdtemp, readFile, rename, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, matchesGlob, relative } from "node:path";
import { promisify } from "node:util";
import { watchProcess, type RunningProcess } from "../end-to-end/process.ts";
import { INSTALL, installProduction } from "./production-packages.ts";
import { readDockerfile, stagesOf, type Stage } from "./dockerfile.ts";

const ROOT = join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** A user id without files here. Used if this process may change its user. */
const NOBODY_UID = 65_534;

interface BuiltStage {
  /** Folder of this machine that is `/` in the image. */
  root: string;
  folder: string;
  environment: Record<string, string>;
  user: string;
}

export interface NativeImage extends AsyncDisposable {
  /** Maps a path of the image to one of this machine. */
  path(inImage: string): string;
  entrypoint: readonly string[];
  healthcheck: readonly string[];
  /** Starts a process as a container would, with only these settings. */
  start(words: readonly string[], environment: Record<string, string>): RunningProcess;
}

/**
 * Builds the Dockerfile without Docker: each stage in a folder that stands for its root, with this machine's Node and installed
 * packages. The result is read-only, like a container's. If this process is root, the image's processes run as another user.
 */
export async function buildNatively(): Promise<NativeImage> {
  const whole = await mkdtemp(join(tmpdir(), "hotdog-image-"));
  await chmod(whole, 0o755);
  // A copy, because other users may not be able to reach the original.
  await copyFile(process.execPath, join(whole, "node"));
  const stages = stagesOf(await readDockerfile());
  const built = new Map<string, BuiltStage>();
  for (const [index, stage] of stages.entries())
    built.set(
      stage.name ?? String(index),
      await buildStage(stage, { root: join(whole, String(index)), built, whole }),
    );
  const last = [...built.values()].at(-1);
  const stage = stages.at(-1);
  if (last === undefined || stage === undefined) throw new Error("the Dockerfile has no stage");
  await run("chmod", ["-R", "a-w", last.root]);

  return {
    path: (inImage) => join(last.root, inImage),
    entrypoint: stage.entrypoint,
    healthcheck: stage.healthcheck,
    start(words, environment) {
      const [command = "", ...args] = words;
      const child = spawn(command, args, {
        cwd: join(last.root, last.folder),
        env: { PATH: pathIn(whole), ...mapPaths(last), ...environment },
        stdio: ["ignore", "pipe", "pipe"],
        ...identity(last.user),
      });
      return watchProcess(child, words.join(" "));
    },
    async [Symbol.asyncDispose]() {
      await run("chmod", ["-R", "u+w", whole]);
      await run("rm", ["-r", whole]);
    },
  };
}

interface Place {
  root: string;
  built: ReadonlyMap<string, BuiltStage>;
  whole: string;
}

async function buildStage({ steps }: Stage, { root, built, whole }: Place): Promise<BuiltStage> {
  const stage: BuiltStage = { root, folder: "/", environment: {}, user: "root" };
  const home = join(root, "home/node");
  await mkdir(home, { recursive: true });
  if (process.getuid?.() === 0) await chown(home, NOBODY_UID, NOBODY_UID);
  for (const step of steps) {
    if (step.does === "set") stage.environment[step.name] = step.value;
    if (step.does === "become") stage.user = step.user;
    if (step.does === "move") stage.folder = step.to;
    if (step.does === "move") await mkdir(join(root, step.to), { recursive: true });
    if (step.does === "copy") await copy(step, stage, built);
    if (step.does === "run" && step.script === INSTALL) await installProduction(join(root, stage.folder));
    else if (step.does === "run")
      await run("sh", ["-c", step.script], {
        cwd: join(root, stage.folder),
        env: { PATH: pathIn(whole), ...mapPaths(stage) },
        ...identity(stage.user),
      });
  }
  return stage;
}

/** Copies from the checkout, as filtered by .dockerignore. What comes from another stage is moved, because nothing reads it there again. */
async function copy(
  { from, sources, to }: { from: string | undefined; sources: string[]; to: string },
  { root, folder }: BuiltStage,
  built: ReadonlyMap<string, BuiltStage>,
): Promise<void> {
  const origin = from === undefined ? ROOT : built.get(from)?.root;
  if (origin === undefined) throw new Error(`there is no stage ${from}`);
  const isSent = await sentToBuild();
  const target = join(root, folder, to);
  for (const source of sources) {
    const path = join(origin, source);
    const isFolder = (await stat(path)).isDirectory();
    const destination = join(target, isFolder ? "" : source);
    if (from !== undefined) await rename(path, destination);
    else
      await cp(path, destination, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (entry) => isSent(relative(origin, entry)),
      });
  }
}

/**
 * Returns whether a path is sent to the build: the last line of .dockerignore that matches it or a folder above it decides.
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
async function sentToBuild(): Promise<(path: string) => boolean> {
  const lines = (await readFile(join(ROOT, ".dockerignore"), "utf8"))
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  return (path) => {
    const above = path.split("/").map((_, index, names) => names.slice(0, index + 1).join("/"));
    const last = lines.findLast((line) => above.some((name) => matchesGlob(name, line.replace("!", ""))));
    return last === undefined || last.startsWith("!");
  };
}

/** Maps the paths in an environment to those of this machine. */
function mapPaths({ root, environment }: BuiltStage): Record<string, string> {
  const entries = Object.entries(environment);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value.startsWith("/") ? join(root, value) : value]),
  );
}

function pathIn(whole: string): string {
  return `${whole}:${process.env["PATH"]}`;
}

function identity(user: string): { uid?: number; gid?: number } {
  return user === "root" || process.getuid?.() !== 0 ? {} : { uid: NOBODY_UID, gid: NOBODY_UID };
}
