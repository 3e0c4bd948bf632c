import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imageName } from "../../src/domain/image.ts";
import { addStarter } from "../../src/import/add-starter.ts";
import { removeStarter } from "../../src/import/remove-starter.ts";
import { asWebp, starterImages, starterName } from "../../src/import/starter.ts";
import { diskStore } from "../../src/store/disk.ts";
import { imageSet, type ImageSet } from "../../src/store/image-set.ts";

const distinct = (buffers: Buffer[]): number => new Set(buffers.map((bytes) => bytes.toString("hex"))).size;

describe("the images to start with", () => {
  it("are ten of hot dogs and ten of other things, each different and told apart by words", async () => {
    const images = await starterImages();
    expect(images.filter(({ hotDog }) => hotDog)).toHaveLength(10);
    expect(images.filter(({ hotDog }) => !hotDog)).toHaveLength(10);
    for (const { shows, hotDog } of images) expect(/\bhot dogs?\b/.test(shows)).toBe(hotDog);
    expect(new Set(images.map(({ shows }) => shows)).size).toBe(20);
    expect(distinct(images.map(({ drawing }) => drawing))).toBe(20);
  });

  it("are the same drawings each time", async () => {
    expect(await starterImages()).toEqual(await starterImages());
  });

  it("have the names that they have had in all versions, so that those of older ones are known", async () => {
    const names = (await starterImages()).map(starterName).toSorted().join("\n");
    // Whoever changes a drawing lets src/import/remove-starter.ts know its old name as well.
    expect(createHash("sha256").update(names).digest("hex")).toBe(
      "a1c6d16d2fe4730c935d63dfcdc59ff41c21e5bf50e1c866902abd2ba1f3df52",
    );
  });

  it("become 20 different pictures of 768 × 576 pixels, the same bytes each time, small together", async () => {
    const images = await starterImages();
    const [once, again] = await Promise.all(
      [1, 2].map(() => Promise.all(images.map(({ drawing }) => asWebp(drawing)))),
    );
    if (once === undefined || again === undefined) throw new Error("not drawn");
    expect(distinct(once)).toBe(20);
    expect(again).toEqual(once);
    expect(Buffer.concat(once).length).toBeLessThan(1_000_000);
    for (const picture of once) {
      expect(await sharp(picture).metadata()).toMatchObject({ format: "webp", width: 768, height: 576 });
      // Decodes to the end, and is a picture rather than one flat colour.
      const { channels } = await sharp(picture).stats();
      expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(20);
    }
  });

  it("stand on their own: nothing in a drawing is fetched, and every reference is to something in it", async () => {
    for (const { drawing } of await starterImages()) {
      const svg = drawing.toString();
      expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|undefined|NaN/);
      const defined = new Set(Array.from(svg.matchAll(/\bid="([^"]+)"/g), ([, id]) => id));
      const used = Array.from(svg.matchAll(/(?:href="|url\()#([^")]+)/g), ([, id]) => id);
      expect(used.filter((id) => !defined.has(id))).toEqual([]);
    }
  });
});

describe("adding them to a set", () => {
  let folder: string;
  let images: ImageSet;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-starter-"));
    images = imageSet(await diskStore(folder));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("puts all 20 into an empty one, and tells of each", async () => {
    const told: string[] = [];
    const done = ({ shows }: { shows: string }, added: boolean): void => void told.push(`${shows} ${added}`);
    expect(await addStarter(images, { done })).toEqual({ added: 20, present: 0 });

    const expected = await starterImages();
    expect(told.toSorted()).toEqual(expected.map(({ shows }) => `${shows} true`).toSorted());
    const names = await images.candidates("1");
    expect(names.toSorted()).toEqual(expected.map(({ drawing }) => imageName(drawing, "webp")).toSorted());
    for (const name of names)
      expect(await sharp(await images.read(name)).metadata()).toMatchObject({ format: "webp" });
  });

  it("adds nothing the second time, and draws nothing", async () => {
    await addStarter(images);
    const neverAdded: ImageSet = {
      ...images,
      add: () => {
        throw new Error("added again");
      },
    };
    expect(await addStarter(neverAdded)).toEqual({ added: 0, present: 20 });
  });

  it("are not deleted where they are not there, for which a store may want a right", async () => {
    await images.add({ uploaded: Buffer.from("a"), stored: Buffer.from("a"), format: "png" });
    const withoutRight: ImageSet = { ...images, remove: () => Promise.reject(new Error("not allowed")) };
    expect(await removeStarter(withoutRight)).toBe(0);
    await addStarter(images);
    await expect(removeStarter(withoutRight)).rejects.toThrow(
      "The images to start with could not be taken out of the set: not allowed",
    );
    expect(await removeStarter(images)).toBe(20);
    expect(await images.all()).toHaveLength(1);
  });

  it("completes a set that lacks some", async () => {
    for (const { drawing } of (await starterImages()).slice(0, 3))
      await images.add({ uploaded: drawing, stored: Buffer.from("kept as it is"), format: "webp" });
    expect(await addStarter(images)).toEqual({ added: 17, present: 3 });
  });
});
