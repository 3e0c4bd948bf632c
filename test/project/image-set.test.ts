import { beforeEach, describe, expect, it } from "vitest";
import { imageName } from "../../src/labeling/images.ts";
import { imageSet, type ImageSet } from "../../src/project/image-set.ts";
import { MAX_PAGE, type ObjectStore } from "../../src/object-store/object-store.ts";
import { quickStore } from "../object-store/memory-store.ts";

describe("the image set", () => {
  let store: ObjectStore;

  beforeEach(() => {
    store = quickStore();
  });

  const add = (text: string): Promise<boolean> =>
    imageSet(store).add({ uploaded: Buffer.from(text), stored: Buffer.from(`kept ${text}`), format: "png" });

  it("stores an image once, under the hash of the uploaded bytes", async () => {
    expect(await add("a")).toBe(true);
    expect(await add("a")).toBe(false);
    const images = imageSet(store);
    const [name = ""] = await images.candidates("1");
    expect(name).toBe("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb.png");
    expect((await images.read(name))?.toString()).toBe("kept a");
    expect(await images.has(name)).toBe(true);
    expect(await images.has(name.replace("ca", "cb"))).toBe(false);
  });

  it("takes an image that was added or seen for present for 30 seconds, unless it removed the image itself", async () => {
    let heads = 0;
    let time = 0;
    const counted = {
      ...store,
      head: async (key: string) => {
        heads += 1;
        return store.head(key);
      },
    };
    const images = imageSet(counted, { now: () => time });
    await images.add({ uploaded: Buffer.from("a"), stored: Buffer.from("kept a"), format: "png" });
    const name = imageName(Buffer.from("a"), "png");
    const elsewhere = imageSet(store);
    await elsewhere.remove(name);
    expect(await images.hasLately(name)).toBe(true);
    expect(heads).toBe(0);
    time = 30_000;
    expect(await images.hasLately(name)).toBe(false);
    expect(await images.hasLately(name)).toBe(false);
    expect(heads).toBe(2);

    await add("a");
    for (const see of ["read", "has", "hasLately"] as const) {
      time += 30_000;
      expect(await images[see](name)).toBeTruthy();
      const before = heads;
      expect(await images.hasLately(name)).toBe(true);
      expect(heads).toBe(before);
    }
    await elsewhere.remove(name);
    expect(await images.has(name)).toBe(false);
    expect(await images.hasLately(name)).toBe(false);

    await add("a");
    expect(await images.has(name)).toBe(true);
    await images.remove(name);
    expect(await images.hasLately(name)).toBe(false);
  });

  it("offers up to 1,000 images to a round, in an order that its id decides", async () => {
    for (let index = 0; index < 30; index += 1) await add(String(index));
    const images = imageSet(store);
    const first = await images.candidates("1");
    expect(new Set(first).size).toBe(30);
    expect(await imageSet(store).candidates("1")).toEqual(first);
    expect((await images.candidates("2")).toSorted()).toEqual(first.toSorted());
    expect(await images.candidates("2")).not.toEqual(first);
  });

  describe("that has been listed for a round", () => {
    let time: number;
    let requests: string[];
    let images: ImageSet;
    /** The set as another process has it. */
    let elsewhere: ImageSet;

    beforeEach(() => {
      time = 0;
      requests = [];
      const counted: ObjectStore = {
        ...store,
        list: (...parameters) => (requests.push("list"), store.list(...parameters)),
        head: (...parameters) => (requests.push("head"), store.head(...parameters)),
      };
      images = imageSet(counted, { now: () => time });
      elsewhere = imageSet(store);
    });

    const addMany = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) await add(String(index));
    };
    const sorted = async (id: string): Promise<string[]> => (await images.candidates(id)).toSorted();

    it("is not listed again for a second, from 100 images on", async () => {
      await addMany(100);
      const first = await images.candidates("1");
      await elsewhere.remove(first[0] ?? "");
      requests.length = 0;
      expect(await images.candidates("1")).toEqual(first);
      expect(await sorted("2")).toEqual(first.toSorted());
      expect(requests).toEqual([]);
      time = 1_000;
      expect(await sorted("2")).toEqual(first.slice(1).toSorted());
      expect(await images.candidates("1")).toEqual(first.slice(1));
      expect(requests).toContain("list");
    });

    it("shows what this process changes at once", async () => {
      await addMany(100);
      const before = await sorted("1");
      await images.remove(before[0] ?? "");
      await images.add({ uploaded: Buffer.from("new"), stored: Buffer.from("kept"), format: "png" });
      requests.length = 0;
      const added = imageName(Buffer.from("new"), "png");
      expect(await sorted("1")).toEqual([...before.slice(1), added].toSorted());
      expect(requests).toEqual([]);
    });

    it("is listed again if this process changed something while it was listed", async () => {
      await addMany(100);
      const listing = images.candidates("1");
      await images.add({ uploaded: Buffer.from("new"), stored: Buffer.from("kept"), format: "png" });
      await listing;
      expect(await sorted("1")).toContain(imageName(Buffer.from("new"), "png"));
    });

    it.each([99, MAX_PAGE])("is listed for each round with %i images", async (count) => {
      await addMany(count);
      await images.candidates("1");
      requests.length = 0;
      await images.candidates("1");
      expect(requests).toContain("list");
    });

    it("knows for a second which images it has, without a request", async () => {
      await addMany(4);
      const [name = ""] = await images.candidates("1");
      requests.length = 0;
      expect(await images.hasListed(name)).toBe(true);
      expect(requests).toEqual([]);
      await elsewhere.remove(name);
      expect(await images.has(name)).toBe(false);
      expect(await images.hasListed(name)).toBe(true);
      time = 1_000;
      expect(await images.hasListed(name)).toBe(false);
      const absent = imageName(Buffer.from("absent"), "png");
      await images.candidates("1");
      expect(await images.hasListed(absent)).toBe(false);
      const [other = ""] = await images.candidates("1");
      await images.remove(other);
      expect(await images.hasListed(other)).toBe(false);
    });
  });

  it("lists all names in ascending order", async () => {
    for (let index = 0; index < 30; index += 1) await add(String(index));
    const images = imageSet(store);
    expect(await images.all()).toEqual((await images.candidates("1")).toSorted());
  });

  it("lists four pages at a time, because each blocks the thread for some milliseconds", async () => {
    let under = 0;
    let most = 0;
    const list: ObjectStore["list"] = async (...parameters) => {
      under += 1;
      most = Math.max(most, under);
      const page = await store.list(...parameters);
      under -= 1;
      return page;
    };
    await imageSet({ ...store, list }).all();
    expect(most).toBe(4);
  });

  it("skips files that are not images", async () => {
    await add("a");
    await store.put("images/readme.txt", Buffer.from("text"));
    await store.put(`images/${"a".repeat(64)}.gif`, Buffer.from("gif"));
    expect(await imageSet(store).candidates("1")).toHaveLength(1);
    expect(await imageSet(store).all()).toHaveLength(1);
  });

  it("offers one page from a random start when there are more, and reaches every image", async () => {
    for (let index = 0; index < 1_500; index += 1) await add(String(index));
    const images = imageSet(store);
    const seen = new Set<string>();
    for (let id = 0; id < 40; id += 1) {
      const candidates = await images.candidates(String(id));
      expect(new Set(candidates).size).toBe(MAX_PAGE);
      for (const name of candidates) seen.add(name);
    }
    expect(seen.size).toBe(1_500);
    expect(await images.allWithin(2)).toEqual(await images.all());
    expect(await images.allWithin(1)).toBeUndefined();
  });

  describe("among thousands of other files", () => {
    /** An image set over a store that also holds these names, and the limits of all lists. */
    async function setAmong(foreign: readonly string[], count: number) {
      const names = Array.from({ length: count }, (_, index) => {
        return imageName(Buffer.from(String(index)), "png");
      });
      const keys = [...names, ...foreign].map((name) => `images/${name}`).toSorted();
      const lists: number[] = [];
      const list: ObjectStore["list"] = async (prefix, { startAfter = "", limit = MAX_PAGE } = {}) => {
        lists.push(limit);
        const start = keys.findIndex((key) => key > startAfter);
        const page = start === -1 ? [] : keys.slice(start, start + limit);
        return page
          .filter((key) => key.startsWith(prefix))
          .map((key) => ({ key, size: 1, modified: new Date(0) }));
      };
      return { names, images: imageSet({ ...store, list }), lists };
    }

    const strangers = (start: string, count: number): string[] =>
      Array.from({ length: count }, (_, index) => `${start}-${String(index).padStart(6, "0")}.jpg`);

    it.each(["photo", "dog", "0", "-", "f", "ff"])(
      "finds every image beside 2,500 %s-….jpg",
      async (start) => {
        const { names, images } = await setAmong(strangers(start, 2_500), 20);
        for (let id = 0; id < 40; id += 1) {
          const candidates = await images.candidates(String(id));
          expect(candidates.toSorted()).toEqual(names.toSorted());
          expect(await images.candidates(String(id))).toEqual(candidates);
        }
      },
    );

    it("lists the files after all images at most twice", async () => {
      const { images, lists } = await setAmong(strangers("photo", 50_000), 20);
      for (let id = 0; id < 20; id += 1) await images.candidates(String(id));
      expect(lists.length).toBeLessThanOrEqual(40);
    });

    it("stops after 20 pages with the images found so far", async () => {
      const { images, lists } = await setAmong(strangers("d", 30_000), 20);
      for (let id = 0; id < 20; id += 1) {
        lists.length = 0;
        expect((await images.candidates(String(id))).length).toBeGreaterThanOrEqual(1);
        expect(lists.length).toBeLessThanOrEqual(20);
      }
    });

    it("offers 1,000 images of a larger set, none twice", async () => {
      const { images } = await setAmong(strangers("8", 1_500), 1_800);
      for (let id = 0; id < 20; id += 1)
        expect(new Set(await images.candidates(String(id))).size).toBe(MAX_PAGE);
    });

    it("puts every image of a small set first equally often", async () => {
      const { names, images } = await setAmong(strangers("photo", 1_200), 10);
      const first = new Map(names.map((name) => [name, 0]));
      for (let id = 0; id < 2_000; id += 1) {
        const [name = ""] = await images.candidates(String(id));
        first.set(name, (first.get(name) ?? 0) + 1);
      }
      // 200 each; a deviation of 5 standard deviations is one in a million.
      for (const count of first.values()) expect(Math.abs(count - 200)).toBeLessThan(68);
    });
  });
});
