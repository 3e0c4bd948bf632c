import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pictureFolder, type PictureFolder } from "./picture-folder.ts";

describe("finding files", () => {
  let folder: PictureFolder;

  beforeEach(async () => {
    folder = await pictureFolder();
  });

  afterEach(() => folder[Symbol.asyncDispose]());

  it("searches folders at any depth, and skips and reports hidden files", async () => {
    expect(await folder.found("")).toEqual({
      files: ["a.jpg", "deep/c.gif", "deep/er/b.png"],
      skipped: [".hidden.jpg: hidden", "deep/.git: hidden"],
    });
  });

  it("finds a hidden file or folder that is named itself", async () => {
    expect(await folder.found(".hidden.jpg", "deep/.git")).toEqual({
      files: [".hidden.jpg", "deep/.git/d.jpg"],
      skipped: [],
    });
  });

  it("lists every path that does not exist", async () => {
    await expect(folder.found("a.jpg", "b.jpg", "a.jpg/c")).rejects.toThrow(
      /^Nothing was added, because these cannot be read:\n {2}\S*b\.jpg: does not exist\n {2}\S*c: does not exist$/,
    );
  });
});
