import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diskStore } from "../../src/store/disk.ts";
import { imageSet } from "../../src/store/image-set.ts";
import { MAX_PAGE, type ObjectStore } from "../../src/store/object-store.ts";

describe("the image set", () => {
  let folder: string;
  let store: ObjectStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-images-"));
    store = await diskStore(folder);
  });

  afterEach(() => rm(folder, { recursive: true }));

  const add = (text: string): Promise<boolean> =>
    imageSet(store).add({ uploaded: Buffer.from(text), stored: Buffer.from(`kept ${text}`), format: "png" });

  it("keeps what is stored under the hash of what was uploaded, once", async () => {
    expect(await add("a")).toBe(true);
    expect(await add("a")).toBe(false);
    const images = imageSet(store);
    const [name = ""] = await images.candidates("1");
    expect(name).toBe("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb.png");
    expect((await images.read(name))?.toString()).toBe("kept a");
    expect(await images.has(name)).toBe(true);
    expect(await images.has(name.replace("ca", "cb"))).toBe(false);
  });

  it("offers all images up to 1,000 for a round, in an order that its id decides", async () => {
    for (let index = 0; index < 30; index += 1) await add(String(index));
    const images = imageSet(store);
    const first = await images.candidates("1");
    expect(new Set(first).size).toBe(30);
    expect(await imageSet(store).candidates("1")).toEqual(first);
    expect((await images.candidates("2")).toSorted()).toEqual(first.toSorted());
    expect(await images.candidates("2")).not.toEqual(first);
  });

  it("leaves out what lies beside the images", async () => {
    await add("a");
    await store.put("images/readme.txt", Buffer.from("text"));
    await store.put(`images/${"a".repeat(64)}.gif`, Buffer.from("gif"));
    expect(await imageSet(store).candidates("1")).toHaveLength(1);
  });

  it("takes one page that starts anywhere and wraps, and reaches every image, when there are more", async () => {
    for (let index = 0; index < 1_500; index += 1) await add(String(index));
    const images = imageSet(store);
    const seen = new Set<string>();
    for (let id = 0; id < 40; id += 1) {
      const candidates = await images.candidates(String(id));
      expect(new Set(candidates).size).toBe(MAX_PAGE);
      for (const name of candidates) seen.add(name);
    }
    expect(seen.size).toBe(1_500);
  });
});
