import sharp from "sharp";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sealed } from "../../src/append-log/seal.ts";
import { imageName } from "../../src/labeling/images.ts";
import type { ObjectStore } from "../../src/object-store/object-store.ts";
import { imageSet } from "../../src/project/image-set.ts";
import { hashMemory, type HashMemory } from "../../src/project/near-duplicates/hash-memory.ts";
import { imageKeys } from "../../src/project/near-duplicates/image-keys.ts";
import { nearDuplicates, type NearDuplicates } from "../../src/project/near-duplicates/near-duplicates.ts";
import { rememberAll, removeStrayThumbnails } from "../../src/project/near-duplicates/remember-all.ts";
import { rememberedImages } from "../../src/project/near-duplicates/remembered-images.ts";
import { thumbnailFiles } from "../../src/project/near-duplicates/thumbnail-files.ts";
import { drawScene } from "../images/scenes.ts";
import { memoryLog } from "../memory-log.ts";
import { quickStore } from "../object-store/memory-store.ts";
import { partsOf } from "../append-log/rows.ts";

const SCENES = 4;

let scenes: Buffer[];
/** The same pictures, smaller. */
let smaller: Buffer[];
let store: ObjectStore;

beforeAll(async () => {
  scenes = await Promise.all(Array.from({ length: SCENES }, (_, seed) => drawScene(seed + 50)));
  smaller = await Promise.all(scenes.map((scene) => sharp(scene).resize({ width: 240 }).webp().toBuffer()));
});

beforeEach(() => {
  store = quickStore();
});

function look(hashes?: HashMemory): NearDuplicates {
  const { log } = memoryLog();
  return nearDuplicates(store, imageSet(store), { log, now: Date.now, random: Math.random, hashes });
}

/** Adds a picture to the set as an earlier version did. Returns its name. */
async function add(picture: Buffer = Buffer.of()): Promise<string> {
  await imageSet(store).add({ uploaded: picture, stored: picture, format: "png" });
  return imageName(picture, "png");
}

async function remember(duplicates: NearDuplicates, picture: Buffer = Buffer.of()): Promise<string> {
  const name = await add(picture);
  await duplicates.remember(name, picture);
  return name;
}

function rememberRest(duplicates: NearDuplicates, signal = new AbortController().signal): Promise<number> {
  const { log } = memoryLog();
  const pause = async (): Promise<void> => {};
  return rememberAll(imageSet(store), duplicates, { pause, signal, random: Math.random, log });
}

async function rows(): Promise<string[][]> {
  return (await partsOf(store, "hashes/")).flatMap((part) => part.rows);
}

describe("the images of a project", () => {
  it("are found by pictures that look like them, by every worker", async () => {
    const [first, second] = [look(), look()];
    expect(await second.find(smaller[0] as Buffer)).toBeUndefined();
    const name = await remember(first, scenes[0]);
    expect(await first.find(smaller[0] as Buffer)).toBe(name);
    expect(await second.find(smaller[0] as Buffer)).toBe(name);
    expect(await second.find(smaller[1] as Buffer)).toBeUndefined();
    const other = await remember(second, scenes[1]);
    expect(await first.find(smaller[1] as Buffer)).toBe(other);
    expect(await rows()).toEqual([
      [expect.stringMatching(/^\d+$/), name, expect.stringMatching(/^[0-9a-f]{16}$/)],
      [expect.stringMatching(/^\d+$/), other, expect.stringMatching(/^[0-9a-f]{16}$/)],
    ]);
  });

  it("are no longer found once they have left the set, and leave no thumbnail", async () => {
    const duplicates = look();
    const name = await remember(duplicates, scenes[0]);
    await imageSet(store).remove(name);
    expect(await duplicates.find(smaller[0] as Buffer)).toBeUndefined();
    expect(await store.list("thumbnails/")).toEqual([]);
    expect(await remember(duplicates, scenes[0])).toBe(name);
    expect(await duplicates.find(smaller[0] as Buffer)).toBe(name);
  });

  it("are not found while only their thumbnails are left, which are removed later", async () => {
    const duplicates = look();
    const [gone, kept] = [await remember(duplicates, scenes[0]), await remember(duplicates, scenes[1])];
    await store.delete(`images/${gone}`);
    expect(await duplicates.find(smaller[0] as Buffer)).toBeUndefined();
    await removeStrayThumbnails(imageSet(store), thumbnailFiles(store));
    expect((await store.list("thumbnails/")).map(({ key }) => key)).toEqual([
      `thumbnails/${kept.slice(0, 16)}`,
    ]);
    expect(await duplicates.find(smaller[1] as Buffer)).toBe(kept);
  });

  it("stay in the store when there is no room for their hashes in memory", async () => {
    const hashes = hashMemory(1);
    const duplicates = look(hashes);
    const name = await remember(duplicates, scenes[0]);
    expect(await duplicates.find(smaller[0] as Buffer)).toBe(name);
    let dropped = false;
    hashes.use({ size: 1, drop: () => (dropped = true) });
    expect(dropped).toBe(false);
    expect(await duplicates.find(smaller[0] as Buffer)).toBe(name);
    expect(dropped).toBe(true);
  });
});

describe("looking for near duplicates", () => {
  /** Counts the requests for the hash table. */
  function counted(): { look: () => NearDuplicates; requests: string[] } {
    const requests: string[] = [];
    const note = (method: string, key: string): void => {
      if (key.startsWith("hashes/")) requests.push(`${method} ${key.slice("hashes/".length)}`.trim());
    };
    const watched: ObjectStore = {
      ...store,
      get: (key, options) => (note("GET", key), store.get(key, options)),
      list: (prefix, options) => (note("LIST", prefix), store.list(prefix, options)),
    };
    const { log } = memoryLog();
    const options = { log, now: Date.now, random: Math.random };
    return { look: () => nearDuplicates(watched, imageSet(store), options), requests };
  }

  it("takes one GET while the last part grows, and finds what all workers have added", async () => {
    const { look, requests } = counted();
    const [mine, other] = [look(), look()];
    const first = await remember(mine, scenes[0]);
    expect(await mine.find(smaller[0] as Buffer)).toBe(first);
    const second = await remember(mine, scenes[1]);
    requests.length = 0;
    expect(await mine.find(smaller[1] as Buffer)).toBe(second);
    expect(await mine.find(smaller[2] as Buffer)).toBeUndefined();
    expect(requests).toEqual(["GET 00000.csv", "GET 00000.csv"]);
    const third = await remember(other, scenes[2]);
    requests.length = 0;
    expect(await mine.find(smaller[2] as Buffer)).toBe(third);
    expect(requests).toEqual(["GET 00000.csv"]);
  });

  it("can be prepared: then it reads nothing more, and finds what this process has added since", async () => {
    const { look, requests } = counted();
    const [mine, other] = [look(), look()];
    const first = await remember(other, scenes[0]);
    const find = mine.prepareFind();
    const second = await remember(mine, scenes[1]);
    requests.length = 0;
    expect(await find(smaller[0] as Buffer)).toBe(first);
    const read = requests.splice(0).length;
    const findAgain = mine.prepareFind();
    expect(await findAgain(smaller[0] as Buffer)).toBe(first);
    expect(await findAgain(smaller[1] as Buffer)).toBe(second);
    expect(read).toBeLessThanOrEqual(2);
    expect(requests).toEqual(["GET 00000.csv"]);
    const third = await remember(mine, scenes[2]);
    requests.length = 0;
    expect(await findAgain(smaller[2] as Buffer)).toBe(third);
    expect(requests).toEqual([]);
    await remember(other, scenes[3]);
    expect(await findAgain(smaller[3] as Buffer)).toBeUndefined();
    expect(await mine.find(smaller[3] as Buffer)).toBeDefined();
  });

  it("finds what this process has added since in a part that it has not read", async () => {
    const { look } = counted();
    const mine = look();
    const find = mine.prepareFind();
    expect(await find(smaller[0] as Buffer)).toBeUndefined();
    const first = await remember(mine, scenes[0]);
    expect(await find(smaller[0] as Buffer)).toBe(first);
    const part = await store.get("hashes/00000.csv");
    await store.put("hashes/00000.csv", sealed(part?.body ?? Buffer.of()));
    const second = await remember(mine, scenes[1]);
    expect(await find(smaller[1] as Buffer)).toBe(second);
  });

  it("tells who prepared it that the table cannot be read", async () => {
    const { log } = memoryLog();
    const list: ObjectStore["list"] = () => Promise.reject(new Error("unavailable"));
    const options = { log, now: Date.now, random: Math.random };
    const find = nearDuplicates({ ...store, list }, imageSet(store), options).prepareFind();
    await new Promise(setImmediate);
    await expect(find(smaller[0] as Buffer)).rejects.toThrow("unavailable");
  });

  it("lists the parts again once the last one is full or was edited", async () => {
    const { look, requests } = counted();
    const [mine, other] = [look(), look()];
    await remember(mine, scenes[0]);
    await mine.find(smaller[0] as Buffer);
    const part = await store.get("hashes/00000.csv");
    await store.put("hashes/00000.csv", sealed(part?.body ?? Buffer.of()));
    const second = await remember(other, scenes[1]);
    expect((await store.list("hashes/")).map(({ key }) => key)).toEqual([
      "hashes/00000.csv",
      "hashes/00001.csv",
    ]);
    requests.length = 0;
    expect(await mine.find(smaller[1] as Buffer)).toBe(second);
    expect(requests).toEqual(["GET 00000.csv", "LIST", "GET 00001.csv"]);
    expect(await mine.find(smaller[0] as Buffer)).toBeDefined();
  });
});

describe("an image that is being added", () => {
  it("is remembered only if it is new", async () => {
    const duplicates = look();
    const [picture = Buffer.of()] = scenes;
    const name = imageName(picture, "png");
    await duplicates.remember(name, picture, Promise.resolve(false));
    expect(await rows()).toEqual([]);
    await expect(
      duplicates.remember(name, picture, Promise.reject(new Error("unavailable"))),
    ).rejects.toThrow("unavailable");
    expect(await rows()).toEqual([]);
    await duplicates.remember(name, picture, Promise.resolve(true));
    expect(await rows()).toHaveLength(1);
  });

  it("gets its thumbnail at the same time, and its row afterwards", async () => {
    const events: string[] = [];
    const put: ObjectStore["put"] = async (key, ...rest) => {
      const [folder = ""] = key.split("/");
      events.push(`${folder} begins`);
      const etag = await store.put(key, ...rest);
      events.push(`${folder} ends`);
      return etag;
    };
    const watched = { ...store, put };
    const { log } = memoryLog();
    const images = imageSet(watched);
    const duplicates = nearDuplicates(watched, images, { log, now: Date.now, random: Math.random });
    const [picture = Buffer.of()] = scenes;
    // As after a search, when its thumbnail is known.
    await duplicates.find(picture);
    await rememberedImages(images, duplicates, log).addNamed(imageName(picture, "png"), picture);
    expect(events.slice(0, 2).toSorted()).toEqual(["images begins", "thumbnails begins"]);
    expect(events.slice(-2)).toEqual(["hashes begins", "hashes ends"]);
  });
});

describe("images that were added without being remembered", () => {
  it("are remembered later, once, by any number of workers", async () => {
    const names = await Promise.all(scenes.map(add));
    const workers = [look(), look()];
    await Promise.all(workers.map((worker) => rememberRest(worker)));
    expect(await rememberRest(look())).toBe(0);
    const found = await Promise.all(smaller.map((picture) => look().find(picture)));
    expect(found).toEqual(names);
    expect(new Set((await rows()).map(([, image]) => image))).toEqual(new Set(names));
  });

  it("are remembered by the next worker if the first is stopped", async () => {
    await Promise.all(scenes.map(add));
    const stop = new AbortController();
    const duplicates = look();
    const stopping = {
      ...duplicates,
      async remember(image: string, stored: Buffer) {
        await duplicates.remember(image, stored);
        stop.abort();
      },
    };
    expect(await rememberRest(stopping, stop.signal)).toBe(1);
    expect(await rememberRest(look())).toBe(SCENES - 1);
  });

  it("are left out if they cannot be decoded", async () => {
    await add(Buffer.from("no picture"));
    await add(scenes[0]);
    expect(await rememberRest(look())).toBe(1);
  });
});

it("keys are kept once, however many", () => {
  const keys = imageKeys();
  const names = Array.from({ length: 3_000 }, (_, number) => imageName(Buffer.from(String(number)), "png"));
  expect(names.every((name) => keys.add(name))).toBe(true);
  expect(names.some((name) => keys.add(name))).toBe(false);
  expect(names.every((name, number) => keys.has(name) && name.startsWith(keys.key(number)))).toBe(true);
  expect(keys.has(imageName(Buffer.from("another"), "png"))).toBe(false);
});
