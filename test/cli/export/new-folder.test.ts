import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newFolder } from "../../../src/cli/export/new-folder.ts";
import { StartError } from "../../../src/platform/start-error.ts";

let above: string;
let path: string;

beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), "hotdog-new-folder-"));
  path = join(above, "out");
});

afterEach(() => rm(above, { recursive: true }));

describe("a new folder", () => {
  it("does not replace a folder that was created at its path while it was filled", async () => {
    const made = newFolder(path, async (folder) => {
      await writeFile(join(folder, "new"), "");
      await mkdir(path);
      await writeFile(join(path, "mine"), "mine");
    });
    await expect(made).rejects.toThrow("out exists already and is not empty");
    expect(await readdir(above)).toEqual(["out"]);
    expect(await readdir(path)).toEqual(["mine"]);
  });

  it("reports what is at its path and cannot be replaced", async () => {
    const made = newFolder(path, () => writeFile(path, "mine"));
    await expect(made).rejects.toThrow(
      /out cannot be replaced: a file is in its place. Name a folder that does not/,
    );
    expect(await readdir(above)).toEqual(["out"]);
    expect(await readFile(path, "utf8")).toBe("mine");
  });

  it("explains errors of the file system, and passes other errors on unchanged", async () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { syscall: "write" });
    const refused = newFolder(path, () => Promise.reject(full));
    await expect(refused).rejects.toThrow(StartError);
    await expect(refused).rejects.toThrow(/out cannot be created: ENOSPC: no space left on device, write$/);
    const mistake = new TypeError("a mistake of ours");
    await expect(newFolder(path, () => Promise.reject(mistake))).rejects.toBe(mistake);
    expect(await readdir(above)).toEqual([]);
  });

  it("removes nothing whose name only starts like its own leftovers", async () => {
    await writeFile(join(above, ".out.export-notes"), "mine");
    await mkdir(join(above, ".output"));
    await newFolder(path, (folder) => writeFile(join(folder, "new"), ""));
    expect((await readdir(above)).toSorted()).toEqual([".out.export-notes", ".output", "out"]);
  });
});
