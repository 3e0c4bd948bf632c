import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { pictureFile } from "../../src/worker/message-parts.ts";
import { pictureMakers } from "../../src/worker/picture.ts";
import { memoryLog } from "../memory-log.ts";

function png(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "red" } })
    .png()
    .toBuffer();
}

/** A PNG of noise, which is not smaller than its pixels. */
function noise(width: number, height: number): Promise<Buffer> {
  const gaussian = { type: "gaussian", mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: "red", noise: gaussian } })
    .png()
    .toBuffer();
}

/** A set of images that counts how often they are read. */
function setOf(stored: Map<string, Buffer>) {
  return {
    reads: 0,
    async read(name: string) {
      this.reads += 1;
      return stored.get(name);
    },
    has: async (name: string) => stored.has(name),
  };
}

function makerOf() {
  const from: string[] = [];
  const { makePictures, makePreview } = pictureMakers({
    log: memoryLog().log,
    observe: { pictureMade: (source) => void from.push(source) },
  });
  return { makePictures, makePreview, from };
}

describe("a picture on a canvas", () => {
  it.each([
    ["a small image", 60, 40, 640, 480],
    ["a portrait", 600, 1_200, 1_024, 768],
    ["a panorama", 4_000, 500, 1_024, 768],
    ["a photo of 4 to 3", 800, 600, 800, 600],
  ])("has the shape 4:3: %s", async (_, width, height, canvasWidth, canvasHeight) => {
    const { makePictures } = makerOf();
    const [made] = await makePictures(["a"], setOf(new Map([["a", await png(width, height)]])), {
      format: "canvas",
    });
    const shown = await sharp(made?.picture).metadata();
    expect([shown.width, shown.height]).toEqual([canvasWidth, canvasHeight]);
  });
});

describe("a photo alone, or one that fills its canvas", () => {
  it.each(["fitted", "canvas"] as const)("stays a JPEG, which takes less time to make: %s", async (form) => {
    const { makePictures } = makerOf();
    const photo = sharp(await png(1_600, 1_200)).jpeg();
    const images = setOf(new Map([["a", await photo.toBuffer()]]));
    const [made] = await makePictures(["a"], images, { format: form });
    const { format, width, height } = await sharp(made?.picture).metadata();
    expect({ format, width, height }).toEqual({ format: "jpeg", width: 1_024, height: 768 });
    const { name, contentType } = pictureFile(1, made?.picture ?? Buffer.alloc(0));
    expect([name, contentType]).toEqual(["image-1.jpg", "image/jpeg"]);
  });
});

describe("an image in another format", () => {
  it.each(["png", "webp"] as const)("becomes a WebP: %s", async (format) => {
    const { makePictures } = makerOf();
    const stored = await sharp(await png(60, 40))
      .toFormat(format)
      .toBuffer();
    const [made] = await makePictures(["a"], setOf(new Map([["a", stored]])));
    expect((await sharp(made?.picture).metadata()).format).toBe("webp");
  });
});

describe("pictures", () => {
  it("that somebody waits for are made before others that are prepared", async () => {
    const { makePictures } = makerOf();
    const names = Array.from({ length: 40 }, (_, index) => String(index));
    const picture = await png(60, 40);
    const images = setOf(new Map(names.map((name) => [name, picture])));
    const prepared: string[] = [];
    const preparing = names.map(async (name) => {
      await makePictures([name], images, { format: "canvas", needed: "soon" });
      prepared.push(name);
    });
    await makePictures(["39"], images, { format: "canvas" });
    expect(prepared.length).toBeLessThan(20);
    await Promise.all(preparing);
    expect(images.reads).toBe(40);
  });

  it("are made once, until their image is removed", async () => {
    const { makePictures, from } = makerOf();
    const stored = new Map([["a", await png(60, 40)]]);
    const images = setOf(stored);
    const [first, second] = [await makePictures(["a"], images), await makePictures(["a", "b"], images)];
    expect(second).toEqual(first);
    expect(from).toEqual(["store", "cache", "store"]);
    stored.clear();
    expect(await makePictures(["a"], images)).toEqual([]);
  });

  it("that two people need at once are made once", async () => {
    const { makePictures } = makerOf();
    const images = setOf(new Map([["a", await png(60, 40)]]));
    await Promise.all([
      makePictures(["a"], images, { format: "canvas" }),
      makePictures(["a"], images, { format: "canvas" }),
    ]);
    expect(images.reads).toBe(1);
  });

  it("of one project are not shown in another, even if the store fails", async () => {
    const { makePictures } = makerOf();
    await makePictures(["a"], setOf(new Map([["a", await png(60, 40)]])));
    const others = { read: async () => undefined, has: () => Promise.reject(new Error("down")) };
    expect(await makePictures(["a"], others)).toEqual([]);
  });
});

describe("the picture of an image that was just stored", () => {
  it.each(["jpeg", "png", "webp"] as const)("is a small %s itself", async (format) => {
    const stored = await sharp(await png(1_024, 700))
      .toFormat(format)
      .toBuffer();
    expect(await makerOf().makePreview(stored)).toBe(stored);
  });

  it.each([
    ["has too many pixels", () => png(1_025, 10)],
    ["has too many bytes", () => noise(400, 400)],
  ])("is scaled if it %s", async (_, draw) => {
    const picture = await makerOf().makePreview(await draw());
    const { format, width } = await sharp(picture).metadata();
    expect(format).toBe("webp");
    expect(width).toBeLessThanOrEqual(1_024);
  });

  it("cannot be made of something else", async () => {
    await expect(makerOf().makePreview(Buffer.from("no picture"))).rejects.toThrow(
      "unsupported image format",
    );
  });
});
