import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../local-discord/test/cached-folder.ts";
import { lastLine, type Missing } from "./peer.ts";

const execute = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const INSTALL_PYTHON =
  "Install Python 3.11 to 3.14 with venv and pip, on Debian and Ubuntu with: apt-get install python3-venv";

/** A virtual environment with the packages of one file in `requirements/`. */
export interface PythonPeer {
  /** Returns the path of one of its programs. */
  program: (name: string) => string;
  /** Runs a script of `python/` and resolves with the JSON that it prints. @throws Error with the output of a script that fails */
  run: (script: string, args: readonly string[]) => Promise<unknown>;
}

/** Returns the packages of a file of requirements, with their versions. */
export async function readVersions(requirements: string): Promise<Record<string, string>> {
  const text = await readFile(requirementsFile(requirements), "utf8");
  const lines = text.matchAll(/^([\w-]+)(?:\[.*\])?==(.+)$/gm);
  return Object.fromEntries(Array.from(lines, ([, name = "", version = ""]) => [name, version]));
}

/** Finds the virtual environment in the user's cache, or makes it, which needs pip and its package index. */
export async function pythonPeer(requirements: string): Promise<PythonPeer | Missing> {
  const python = await execute("python3", ["--version"]).catch(() => undefined);
  if (python === undefined) return { missing: `There is no python3. ${INSTALL_PYTHON}` };
  const file = requirementsFile(requirements);
  const hash = createHash("sha256")
    .update(python.stdout)
    .update(await readFile(file))
    .digest("hex");
  const folder = join(cacheFolder(), "peers", `${requirements}-${hash.slice(0, 16)}`);
  const program = (name: string): string => join(folder, "bin", name);
  // An environment cannot be moved, so it is not made elsewhere and renamed.
  const complete = join(folder, "complete");
  if (!existsSync(complete)) {
    const version = python.stdout.trim();
    await rm(folder, { recursive: true, force: true });
    try {
      await execute("python3", ["-m", "venv", folder]);
    } catch {
      return { missing: `${version} cannot make a virtual environment. ${INSTALL_PYTHON}` };
    }
    try {
      const options = ["--quiet", "--no-color", "--disable-pip-version-check"];
      await execute(program("pip"), ["install", ...options, "--requirement", file]);
    } catch (error) {
      const needs = "This needs Python 3.11 to 3.14 and a package index such as PyPI.";
      return {
        missing: `${version} cannot install peers/requirements/${requirements}.txt: ${lastLine(error)}. ${needs}`,
      };
    }
    await writeFile(complete, "");
  }
  return {
    program,
    async run(script, args) {
      const { stdout } = await execute(
        program("python"),
        [join(import.meta.dirname, "python", script), ...args],
        {
          maxBuffer: MAX_OUTPUT_BYTES,
          env: { ...process.env, HF_HOME: join(folder, "cache"), HF_HUB_OFFLINE: "1" },
        },
      );
      return JSON.parse(stdout) as unknown;
    },
  };
}

function requirementsFile(name: string): string {
  return join(import.meta.dirname, "requirements", `${name}.txt`);
}
