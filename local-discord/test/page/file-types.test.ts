import { describe, expect, it } from "vitest";
import { acceptAttribute, hasFileType, isFileType } from "../../page/files/file-types.ts";

describe("file types", () => {
  it("look at the extension of the name only, in any case", () => {
    expect(hasFileType("Photo.JPG", ["image"])).toBe(true);
    expect(hasFileType("photo.png.txt", ["image"])).toBe(false);
    expect(hasFileType("png", ["image"])).toBe(false);
    expect(hasFileType("data.tar.gz", [".GZ"])).toBe(true);
  });

  it("do not count TIFF as an image", () => {
    expect(hasFileType("scan.tif", ["image"])).toBe(false);
    expect(hasFileType("scan.tif", ["image", ".tif"])).toBe(true);
  });

  it("accept every file if there are none", () => {
    expect(hasFileType("anything", undefined)).toBe(true);
    expect(hasFileType("anything", [])).toBe(true);
    expect(acceptAttribute([])).toBeUndefined();
  });

  it("become the accept attribute of a file input", () => {
    expect(acceptAttribute(["video", ".PDF"])).toBe(".mp4,.mov,.qt,.webm,.pdf");
  });

  it("are the three groups, or extensions with a dot", () => {
    expect(["image", "video", "audio", ".tif"].filter((type) => !isFileType(type))).toEqual([]);
    expect(["text", "pdf", ".", "image/png"].filter(isFileType)).toEqual([]);
  });
});
