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
        "deep/itself: a link that leads to itself, or has come since it was found",
        "deep/nowhere.jpg: does not exist",
      ],
    });
  });

  it("follows no link out of the folder that was named, and tells of it; one that is named itself leads where it leads", async () => {
    const inside = join(folder, "inside");
    await mkdir(join(inside, "below"), { recursive: true });
    await mkdir(join(folder, "inside-too"));
    await writeFile(join(inside, "a.jpg"), "");
    await writeFile(join(folder, "inside-too/secret.jpg"), "");
    await symlink("../a.jpg", join(inside, "below/again.jpg"));
    await symlink("../../a.jpg", join(inside, "below/out.jpg"));
    await symlink(join(folder, "deep"), join(inside, "folder"));
    await symlink("../inside-too/secret.jpg", join(inside, "neighbor.jpg"));
    await symlink("/etc/passwd", join(inside, "passwd.jpg"));
    await symlink(inside, join(folder, "way"));
    const skipped = [
      "inside/below/out.jpg: a link that leads out of the folder",
      "inside/folder: a link that leads out of the folder",
      "inside/neighbor.jpg: a link that leads out of the folder",
      "inside/passwd.jpg: a link that leads out of the folder",
    ];
    expect(await found("inside")).toEqual({ files: ["inside/a.jpg"], skipped });
    expect(await found("way")).toEqual({
      files: ["way/a.jpg"],
      skipped: skipped.map((line) => line.replace("inside", "way")),
    });
    expect(await found("inside/passwd.jpg")).toEqual({ files: ["inside/passwd.jpg"], skipped: [] });
  });

  it("reads the file that was found, and no link that has come into its place", async () => {
    const path = join(folder, "a.jpg");
    const { sources } = await findFiles([folder], () => "");
    const source = sources.find(({ name }) => name === path);
    await rm(path);
    await symlink("/etc/passwd", path);
    await expect(source?.read()).rejects.toThrow("has come since it was found");
  });

  it("names every path that is not there", async () => {
    await expect(found("a.jpg", "b.jpg", "a.jpg/c")).rejects.toThrow(
      /^Nothing was added, for these cannot be read:\n {2}\S*b\.jpg: does not exist\n {2}\S*c: does not exist$/,
    );
  });
});
