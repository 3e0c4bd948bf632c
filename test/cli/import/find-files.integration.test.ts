import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFiles } from "../../../src/cli/import/find-files.ts";
import { pictureFolder, type PictureFolder } from "./picture-folder.ts";

// Windows lets only administrators create links, and cannot open a file without following them.
describe("finding files behind links", () => {
  let folder: PictureFolder;

  beforeEach(async () => {
    folder = await pictureFolder();
  });

  afterEach(() => folder[Symbol.asyncDispose]());

  it("finds each file once, whatever links lead to it, and does not follow links in circles", async () => {
    await symlink(folder.path, join(folder.path, "deep/round"));
    await symlink("a.jpg", join(folder.path, "z.jpg"));
    await symlink("z.jpg", join(folder.path, "deep/nowhere.jpg"));
    await symlink("itself", join(folder.path, "deep/itself"));
    expect(await folder.found("a.jpg", "", "deep", "a.jpg")).toEqual({
      files: ["a.jpg", "deep/c.gif", "deep/er/b.png"],
      skipped: [
        ".hidden.jpg: hidden",
        "deep/.git: hidden",
        "deep/itself: is a link that leads to itself, or was replaced by a link after it was found",
        "deep/nowhere.jpg: does not exist",
      ],
    });
  });

  it("skips and reports links that lead out of the named folder, but follows a link that is named itself", async () => {
    const inside = join(folder.path, "inside");
    await mkdir(join(inside, "below"), { recursive: true });
    await mkdir(join(folder.path, "inside-too"));
    await writeFile(join(inside, "a.jpg"), "");
    await writeFile(join(folder.path, "inside-too/secret.jpg"), "");
    await symlink("../a.jpg", join(inside, "below/again.jpg"));
    await symlink("../../a.jpg", join(inside, "below/out.jpg"));
    await symlink(join(folder.path, "deep"), join(inside, "folder"));
    await symlink("../inside-too/secret.jpg", join(inside, "neighbor.jpg"));
    await symlink("/etc/passwd", join(inside, "passwd.jpg"));
    await symlink(inside, join(folder.path, "way"));
    const skipped = [
      "inside/below/out.jpg: a link that leads out of the folder",
      "inside/folder: a link that leads out of the folder",
      "inside/neighbor.jpg: a link that leads out of the folder",
      "inside/passwd.jpg: a link that leads out of the folder",
    ];
    expect(await folder.found("inside")).toEqual({ files: ["inside/a.jpg"], skipped });
    expect(await folder.found("way")).toEqual({
      files: ["way/a.jpg"],
      skipped: skipped.map((line) => line.replace("inside", "way")),
    });
    expect(await folder.found("inside/passwd.jpg")).toEqual({ files: ["inside/passwd.jpg"], skipped: [] });
  });

  it("does not read a link that has replaced a found file", async () => {
    const path = join(folder.path, "a.jpg");
    const { sources } = await findFiles([folder.path], () => "");
    const source = sources.find(({ name }) => name === path);
    await rm(path);
    await symlink("/etc/passwd", path);
    expect(await source?.read()).toMatch(/was replaced by a link after it was found$/);
  });
});
