import { createHash } from "node:crypto";
import sharp from "sharp";
import { beforeEach, describe, expect, it } from "vitest";
import { addStarter } from "../../../src/cli/import/add-starter.ts";
import { removeStarter } from "../../../src/cli/import/remove-starter.ts";
import { starterImages, starterName, type StarterImage } from "../../../src/cli/import/starter.ts";
import { imageSet, type ImageSet } from "../../../src/project/image-set.ts";
import { memoryStore } from "../../object-store/memory-store.ts";

describe("the images to start with", () => {
  it("are ten of hot dogs and ten of other things, each different and told apart by words", async () => {
    const images = await starterImages();
    expect(images.filter(({ hotDog }) => hotDog)).toHaveLength(10);
    expect(images.filter(({ hotDog }) => !hotDog)).toHaveLength(10);
    for (const { shows, hotDog } of images) expect(/\bhot dogs?\b/.test(shows)).toBe(hotDog);
    expect(new Set(images.map(({ shows }) => shows)).size).toBe(20);
    expect(new Set(images.map(({ drawing }) => drawing.toString())).size).toBe(20);
  });

  it("are the same drawings each time", async () => {
    expect(await starterImages()).toEqual(await starterImages());
  });

  it("have the names that they have had in all versions, so that those of older ones are known", async () => {
    const names = (await starterImages()).map(starterName).toSorted().join("\n");
    // Whoever changes a drawing lets src/cli/import/remove-starter.ts know its old name as well.
    expect(createHash("sha256").update(names).digest("hex")).toBe(
      "a1c6d16d2fe4730c935d63dfcdc59ff41c21e5bf50e1c866902abd2ba1f3df52",
    );
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
  let starter: StarterImage[];
  let images: ImageSet;

  beforeEach(async () => {
    starter = await starterImages();
    images = imageSet(memoryStore(new Map(), async (act) => act()));
  });

  /** Puts these into the set, under their names and not drawn. */
  async function put(wanted: readonly StarterImage[]): Promise<void> {
    for (const { drawing } of wanted)
      await images.add({ uploaded: drawing, stored: Buffer.from("kept as it is"), format: "webp" });
  }

  it("completes a set that lacks some, and tells of each", async () => {
    await put(starter.slice(2));
    const told: string[] = [];
    const done = ({ shows }: { shows: string }, added: boolean): void => void told.push(`${shows} ${added}`);
    expect(await addStarter(images, { done })).toEqual({ added: 2, present: 18 });
    const expected = starter.map(({ shows }, index) => `${shows} ${index < 2}`);
    expect(told.toSorted()).toEqual(expected.toSorted());
    const names = starter.map(starterName);
    expect((await images.all()).toSorted()).toEqual(names.toSorted());
    for (const name of names.slice(0, 2))
      expect(await sharp(await images.read(name)).metadata()).toMatchObject({ format: "webp" });
    expect((await images.read(names[2] ?? ""))?.toString()).toBe("kept as it is");
  });

  it("adds nothing the second time, and draws nothing", async () => {
    await put(starter);
    const neverAdded: ImageSet = {
      ...images,
      add: () => {
        throw new Error("added again");
      },
    };
    expect(await addStarter(neverAdded)).toEqual({ added: 0, present: 20 });
  });

  it("begins no more of them once it is broken off", async () => {
    await put(starter.slice(1));
    const controller = new AbortController();
    controller.abort();
    expect(await addStarter(images, { signal: controller.signal })).toEqual({ added: 0, present: 0 });
    expect(await images.all()).toHaveLength(19);
  });

  it("are not deleted where they are not there, for which a store may want a right", async () => {
    await images.add({ uploaded: Buffer.from("a"), stored: Buffer.from("a"), format: "png" });
    const withoutRight: ImageSet = { ...images, remove: () => Promise.reject(new Error("not allowed")) };
    expect(await removeStarter(withoutRight)).toBe(0);
    await put(starter);
    await expect(removeStarter(withoutRight)).rejects.toThrow(
      "The images to start with could not be taken out of the set: not allowed",
    );
    expect(await removeStarter(images)).toBe(20);
    expect(await images.all()).toHaveLength(1);
  });
});
