import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addImages, type ImportOutcome } from "../../../src/cli/import/add-images.ts";
import { diskStore } from "../../../src/object-store/disk.ts";
import { imageSet, type ImageSet } from "../../../src/project/image-set.ts";
import { imageChecker, type CheckImage } from "../../../src/images/check-image.ts";
import * as made from "../../images/files.ts";

/** Shared by all tests, because its processes take a second to start. */
const decoding = imageChecker();

describe("adding images", () => {
  let folder: string;
  let images: ImageSet;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hotdog-add-"));
    images = imageSet(await diskStore(join(folder, "data")));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function pictures(count: number): Promise<string[]> {
    const paths = Array.from({ length: count }, (_, index) => join(folder, `${index}.png`));
    for (const [index, path] of paths.entries()) await writeFile(path, made.png(index + 1, 1));
    return paths;
  }

  interface AddOptions {
    checkImage?: CheckImage;
    set?: ImageSet;
    signal?: AbortSignal;
    each?: () => void;
  }

  async function add(
    paths: string[],
    { checkImage = decoding, set = images, signal, each }: AddOptions = {},
  ) {
    const outcomes: Record<string, ImportOutcome["became"]> = {};
    const sources = paths.map((path) => ({ name: path, read: () => readFile(path) }));
    await addImages(sources, {
      images: set,
      nearDuplicates: { find: async () => undefined, remember: async () => {} },
      allowNearDuplicates: false,
      checkImage,
      signal: signal ?? new AbortController().signal,
      done(name, { became }) {
        outcomes[name] = became;
        each?.();
      },
    });
    return Object.values(outcomes);
  }

  it("does not decode an image that an earlier version stored in another format", async () => {
    const avif = await made.redAndBlue().avif({ effort: 0 }).toBuffer();
    await images.add({ uploaded: avif, stored: made.png(1, 1), format: "png" });
    const path = join(folder, "old.avif");
    await writeFile(path, avif);
    const checkImage = (): never => {
      throw new Error("decoded again");
    };
    expect(await add([path], { checkImage })).toEqual(["present"]);
    expect(await images.all()).toHaveLength(1);
  });

  it("does not decode images that are already in the set", async () => {
    const paths = await pictures(5);
    expect(await add(paths)).toEqual(Array(5).fill("added"));
    const checkImage = (): never => {
      throw new Error("decoded again");
    };
    expect(await add(paths, { checkImage })).toEqual(Array(5).fill("present"));
  });

  it("adds the same bytes once, whatever the file names", async () => {
    const twice = [join(folder, "a.png"), join(folder, "b.txt")];
    for (const path of twice) await writeFile(path, made.png(5, 5));
    expect((await add(twice)).toSorted()).toEqual(["added", "present"]);
  });

  it("starts no more images once it is aborted, and finishes those in progress", async () => {
    const paths = await pictures(40);
    const controller = new AbortController();
    const outcomes = await add(paths, { signal: controller.signal, each: () => controller.abort() });
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.length).toBeLessThanOrEqual(8);
    expect(await images.candidates("1")).toHaveLength(outcomes.length);
    expect((await add(paths)).filter((became) => became === "added")).toHaveLength(40 - outcomes.length);
  });

  it("stops with the reason when the store fails", async () => {
    const paths = await pictures(40);
    let calls = 0;
    const failing: ImageSet = {
      ...images,
      async add(image) {
        calls += 1;
        if (calls > 3) throw new Error("no space left");
        return images.add(image);
      },
    };
    await expect(add(paths, { set: failing })).rejects.toThrow("no space left");
    expect(await images.candidates("1")).toHaveLength(3);
    expect(calls).toBeLessThan(20);
  });
});
