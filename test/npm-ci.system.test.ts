import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const SETTINGS = join(import.meta.dirname, "../.npmrc");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-npm-"));
});

afterEach(() => rm(folder, { recursive: true }));

describe("npm ci", () => {
  it("says nothing of packages that want a newer Node than the one that is installed, and goes on", async () => {
    const tooNew = { version: "1.0.0", engines: { node: ">=99" } };
    const dependencies = { new: "file:new" };
    const packages = {
      "": { dependencies },
      "node_modules/new": { resolved: "new", link: true },
      new: tooNew,
    };
    await mkdir(join(folder, "new"));
    await writeFile(join(folder, "new/package.json"), JSON.stringify({ name: "new", ...tooNew }));
    await writeFile(
      join(folder, "package.json"),
      JSON.stringify({ name: "old", version: "1.0.0", dependencies }),
    );
    await writeFile(join(folder, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages }));
    await copyFile(SETTINGS, join(folder, ".npmrc"));
    // Without what the npm that runs this test has been told.
    const env = { PATH: process.env["PATH"], HOME: folder };
    const { stdout, stderr } = await promisify(execFile)("npm", ["ci", "--offline"], {
      cwd: folder,
      env,
      shell: process.platform === "win32",
    });
    expect(stderr).toBe("");
    expect(stdout).toContain("added 1 package");
  });

  it("takes packages from where whoever runs it has them from", async () => {
    expect(await readFile(SETTINGS, "utf8")).not.toMatch(/registry|https?:/);
  });
});
