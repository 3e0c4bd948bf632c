import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { imageSize } from "../src/messages/image-size.ts";

const size = { width: 257, height: 1023 };
const image = sharp({ create: { ...size, channels: 3, background: "#c0392b" } });
const transparent = sharp({ create: { ...size, channels: 4, background: "#c0392b80" } });

describe("the size of an image", () => {
  it.each([
    ["PNG", image.clone().png()],
    ["GIF", image.clone().gif()],
    ["JPEG", image.clone().jpeg()],
    ["progressive JPEG", image.clone().jpeg({ progressive: true })],
    [
      "JPEG with metadata before the frame",
      image
        .clone()
        .withExif({ IFD0: { Copyright: "x".repeat(5000) } })
        .jpeg(),
    ],
    ["lossy WebP", image.clone().webp()],
    ["lossless WebP", image.clone().webp({ lossless: true })],
    ["extended WebP", transparent.clone().webp()],
  ])("is read from a %s", async (_, file) => {
    expect(imageSize(await file.toBuffer())).toEqual(size);
  });

  it("is undefined for a file that is no image, and for a truncated one", async () => {
    const torn = (await image.clone().jpeg().toBuffer()).subarray(0, 100);
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from("not an image"),
      torn,
      Buffer.from("\x89PNG\r\n\x1a\n"),
    ]) {
      expect(imageSize(bytes)).toBeUndefined();
    }
  });
});
