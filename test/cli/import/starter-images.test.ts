import { createHash } from "node:crypto";
import sharp from "sharp";
import { beforeEach, describe, expect, it } from "vitest";
import {
  addStarter,
  removeStarter,
  starterImages,
  type StarterImage,
} from "../../../src/cli/import/starter-images.ts";
import { imageSet, type ImageSet } from "../../../src/project/image-set.ts";
import { memoryStore } from "../../object-store/memory-store.ts";

function hashOfNames(names: readonly string[]): string {
  return createHash("sha256").update(names.toSorted().join("\n")).digest("hex");
}

describe("the starter images", () => {
  it("are ten of hot dogs and ten of other things, each different", async () => {
    const images = await starterImages();
    const isHotDog = images.map(({ shows }) => /\bhot dogs?\b/.test(shows));
    expect(isHotDog).toEqual(images.map((_, index) => index < 10));
    expect(images).toHaveLength(20);
    expect(new Set(images.map(({ shows }) => shows)).size).toBe(20);
    expect(new Set(images.map(({ drawing }) => drawing.toString())).size).toBe(20);
  });

  it("are the same drawings each time", async () => {
    expect(await starterImages()).toEqual(await starterImages());
  });

  it("keep their names in all later versions", async () => {
    // A changed drawing gets a new name. Its old name must stay among the former names.
    expect(hashOfNames((await starterImages()).map(({ name }) => name))).toBe(
      "0663f6d4e58d9471fb0efd1d6e07d1165d06836d72abebcc2f030b754aadfc3d",
    );
  });

  it("know their names in earlier versions", async () => {
    expect(hashOfNames((await starterImages()).map(({ formerName }) => formerName))).toBe(
      "a1c6d16d2fe4730c935d63dfcdc59ff41c21e5bf50e1c866902abd2ba1f3df52",
    );
  });

  it("are self-contained: a drawing fetches nothing, and refers only to its own parts", async () => {
    for (const { drawing } of await starterImages()) {
      const svg = drawing.toString();
      expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|undefined|NaN/);
      const defined = new Set(Array.from(svg.matchAll(/\bid="([^"]+)"/g), ([, id]) => id));
      const used = Array.from(svg.matchAll(/(?:href="|url\()#([^")]+)/g), ([, id]) => id);
      expect(used.filter((id) => !defined.has(id))).toEqual([]);
    }
  });
});

describe("adding and removing starter images", () => {
  let starter: StarterImage[];
  let objects: Parameters<typeof memoryStore>[0];
  let images: ImageSet;

  beforeEach(async () => {
    starter = await starterImages();
    objects = new Map();
    images = imageSet(memoryStore(objects, async (act) => act()));
  });

  /** Puts starter images into the set under their names, with a placeholder for the picture. */
  async function put(wanted: readonly StarterImage[]): Promise<void> {
    for (const { drawing } of wanted)
      await images.add({ uploaded: drawing, stored: Buffer.from("a placeholder"), format: "webp" });
  }

  /** Puts starter images into the set as an earlier version did. */
  function putFormer(wanted: readonly StarterImage[]): void {
    for (const { formerName } of wanted)
      objects.set(`images/${formerName}`, { body: Buffer.from("old"), etag: "1", modified: new Date() });
  }

  it("adds the missing ones to a set, and reports each", async () => {
    await put(starter.slice(2));
    const reported: string[] = [];
    const done = ({ shows }: { shows: string }, added: boolean): void =>
      void reported.push(`${shows} ${added}`);
    expect(await addStarter(images, { done })).toEqual({ added: 2, present: 18 });
    const expected = starter.map(({ shows }, index) => `${shows} ${index < 2}`);
    expect(reported.toSorted()).toEqual(expected.toSorted());
    const names = starter.map(({ name }) => name);
    expect((await images.all()).toSorted()).toEqual(names.toSorted());
    for (const name of names.slice(0, 2))
      expect(await sharp(await images.read(name)).metadata()).toMatchObject({ format: "webp" });
    expect((await images.read(names[2] ?? ""))?.toString()).toBe("a placeholder");
  });

  it.each([
    ["this version", put],
    ["an earlier version", async (wanted: readonly StarterImage[]) => putFormer(wanted)],
  ])("adds and draws nothing when %s has added them all", async (_, putAll) => {
    await putAll(starter);
    const neverAdded: ImageSet = {
      ...images,
      add: () => {
        throw new Error("added again");
      },
    };
    expect(await addStarter(neverAdded)).toEqual({ added: 0, present: 20 });
  });

  it("starts no further image once it is aborted", async () => {
    await put(starter.slice(1));
    const controller = new AbortController();
    controller.abort();
    expect(await addStarter(images, { signal: controller.signal })).toEqual({ added: 0, present: 0 });
    expect(await images.all()).toHaveLength(19);
  });

  it("removes those of earlier versions too, and nothing else", async () => {
    await images.add({ uploaded: Buffer.from("a"), stored: Buffer.from("a"), format: "png" });
    putFormer(starter);
    await put(starter.slice(15));
    expect(await removeStarter(images)).toBe(25);
    expect(await images.all()).toHaveLength(1);
  });

  it("deletes only what is there, because a store may not grant the right to delete", async () => {
    await images.add({ uploaded: Buffer.from("a"), stored: Buffer.from("a"), format: "png" });
    const withoutRight: ImageSet = { ...images, remove: () => Promise.reject(new Error("not allowed")) };
    expect(await removeStarter(withoutRight)).toBe(0);
    await put(starter);
    await expect(removeStarter(withoutRight)).rejects.toThrow(
      "The starter images could not be removed from the set: not allowed",
    );
    expect(await removeStarter(images)).toBe(20);
    expect(await images.all()).toHaveLength(1);
  });
});
