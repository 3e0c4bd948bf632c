import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFiles } from "../../src/import/find-files.ts";

describe("finding files", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-find-"));
    for (const name of ["a.jpg", "deep/er/b.png", "deep/c.gif", ".hidden.jpg", "deep/.git/d.jpg"]) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), name);
    }
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function found(...names: string[]) {
    const paths = names.map((name) => join(folder, name));
    const { sources, skipped } = await findFiles(paths, () => "");
    return {
      files: sources.map(({ name }) => relative(folder, name)),
      skipped: skipped.map(({ name, reason }) => `${relative(folder, name)}: ${reason}`),
    };
  }

  it("goes into folders however deep, passes over what is hidden, and tells of it", async () => {
    expect(await found("")).toEqual({
      files: ["a.jpg", "deep/c.gif", "deep/er/b.png"],
      skipped: [".hidden.jpg: hidden", "deep/.git: hidden"],
    });
  });

  it("takes a hidden file or folder that is named", async () => {
    expect(await found(".hidden.jpg", "deep/.git")).toEqual({
      files: [".hidden.jpg", "deep/.git/d.jpg"],
      skipped: [],
    });
  });

  it("takes each file once, whichever way leads to it, and comes back from links that go round", async () => {
    await symlink(folder, join(folder, "deep/round"));
    await symlink("a.jpg", join(folder, "z.jpg"));
    await symlink("z.jpg", join(folder, "deep/nowhere.jpg"));
    await symlink("itself", join(folder, "deep/itself"));
    expect(await found("a.jpg", "", "deep", "a.jpg")).toEqual({
      files: ["a.jpg", "deep/c.gif", "deep/er/b.png"],
      skipped: [
        ".hidden.jpg: hidden",
        "deep/.git: hidden",
        "deep/itself: a link that leads to itself",
        "deep/nowhere.jpg: does not exist",
      ],
    });
  });

  it("names every path that is not there", async () => {
    await expect(found("a.jpg", "b.jpg", "a.jpg/c")).rejects.toThrow(
      /^Nothing was added, for these cannot be read:\n {2}\S*b\.jpg: does not exist\n {2}\S*c: does not exist$/,
    );
  });
});
