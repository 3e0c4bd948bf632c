import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "../..");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-import-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  code: unknown;
  stdout: string;
  stderr: string;
}

/** Runs `npm run import` of this checkout, or of another one, away from either. */
async function runImport(
  args: string[],
  { root = ROOT, store = `file:${folder}/data` } = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(root, "src/import/main.ts"), ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], STORE_URL: store },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const outcome = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (data: Buffer) => (outcome[name] += data.toString()));
  const [code] = (await once(child, "close")) as unknown[];
  return { code, ...outcome };
}

describe("npm run import -- --starter", () => {
  it("fills the store with 20 images, says so, and finds them there the next time", async () => {
    const first = await runImport(["--starter"]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^added {8} {2}a hot dog on a plate on red gingham$/m);
    expect(first.stdout).toMatch(/\nadded 20, already there 0\n$/);
    const names = await readdir(join(folder, "data/images"));
    expect(names.filter((name) => /^[0-9a-f]{64}\.webp$/.test(name))).toHaveLength(20);

    const second = await runImport(["--starter"]);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(second.stdout).toMatch(/\nadded 0, already there 20\n$/);
    expect(await readdir(join(folder, "data/images"))).toEqual(names);
  });

  it("says what to do where the emoji packages are not installed", async () => {
    const root = join(folder, "checkout");
    await installWithoutDev(root);
    const { code, stderr } = await runImport(["--starter"], { root });
    expect(stderr).toBe(
      "hotdog-bot cannot start. The images to start with are drawn from emoji packages that are not installed here. Install them with: npm ci --include=dev\n",
    );
    expect(code).toBe(1);
  });
});

describe("npm run import", () => {
  it.each([
    { args: [], says: /^Nothing to add\.\n\nUsage: npm run import -- --starter\n/ },
    { args: ["--beginner"], says: /^Unknown option '--beginner'.*\n\nUsage:/ },
    { args: ["--starter=yes"], says: /^Option '--starter' does not take an argument\n\nUsage:/ },
    { args: ["--starter", "picture.png"], says: /^Unexpected argument 'picture\.png'.*\n\nUsage:/ },
  ])("explains itself and touches nothing when called with $args", async ({ args, says }) => {
    const { code, stdout, stderr } = await runImport(args);
    expect(stderr).toMatch(says);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(await readdir(folder)).toEqual([]);
  });

  it("explains itself on request", async () => {
    const { code, stdout, stderr } = await runImport(["--help"]);
    expect(stdout).toMatch(/^Usage: npm run import/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("names a store that it cannot use", async () => {
    const { code, stderr } = await runImport(["--starter"], { store: "somewhere" });
    expect(stderr).toMatch(/cannot start\. These settings are wrong:\n {2}STORE_URL must be/);
    expect(code).toBe(1);
  });
});

/** What `npm ci --omit=dev` leaves: the sources, and of the packages only the dependencies. */
async function installWithoutDev(root: string): Promise<void> {
  await cp(join(ROOT, "src"), join(root, "src"), { recursive: true });
  await cp(join(ROOT, "package.json"), join(root, "package.json"));
  const text = await readFile(join(ROOT, "package.json"), "utf8");
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(text));
  for (const name of Object.keys(dependencies)) {
    const link = join(root, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(ROOT, "node_modules", name), link, "junction");
  }
}
