import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { pictureMaker } from "../../src/worker/picture.ts";
import { memoryLog } from "../memory-log.ts";

function png(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "red" } })
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
  const makePictures = pictureMaker({
    log: memoryLog().log,
    observe: { pictureMade: (source) => void from.push(source) },
  });
  return { makePictures, from };
}

describe("a picture on a canvas", () => {
  it.each([
    ["a small image", 60, 40, 640, 480],
    ["a portrait", 600, 1_200, 1_024, 768],
    ["a panorama", 4_000, 500, 1_024, 768],
    ["a photo of 4 to 3", 800, 600, 800, 600],
  ])("has the shape 4:3: %s", async (_, width, height, canvasWidth, canvasHeight) => {
    const { makePictures } = makerOf();
    const [made] = await makePictures(["a"], setOf(new Map([["a", await png(width, height)]])), "canvas");
    const shown = await sharp(made?.picture).metadata();
    expect([shown.width, shown.height]).toEqual([canvasWidth, canvasHeight]);
  });
});

describe("pictures", () => {
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
    await Promise.all([makePictures(["a"], images, "canvas"), makePictures(["a"], images, "canvas")]);
    expect(images.reads).toBe(1);
  });

  it("of one project are not shown in another, even if the store fails", async () => {
    const { makePictures } = makerOf();
    await makePictures(["a"], setOf(new Map([["a", await png(60, 40)]])));
    const others = { read: async () => undefined, has: () => Promise.reject(new Error("down")) };
    expect(await makePictures(["a"], others)).toEqual([]);
  });
});
