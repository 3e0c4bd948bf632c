import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { stubAws } from "../../aws/environment.ts";
import { failure } from "../../aws/s3-answers.ts";
import { startS3Server, type S3Server, type S3ServerOptions } from "../../aws/s3-server.ts";
import * as made from "../../images/files.ts";
import { starterImages } from "../../../src/cli/import/starter-images.ts";
import { storedDefinition } from "../../project/definitions.ts";
import { importFolder, type ImportFolder } from "./run-in-folder.ts";

let folder: ImportFolder;

beforeEach(async () => {
  folder = await importFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

const inSet = (): Promise<string[]> => readdir(join(folder.path, "data/images"));

describe("an import of files", () => {
  it("adds images, reports all other files, and recognizes the images the next time", async () => {
    await folder.put("photos/a.jpg", await made.redAndBlue().jpeg().toBuffer());
    await folder.put("photos/deep/er/picture.txt", await made.redAndBlue().webp().toBuffer());
    await folder.put("photos/deep/words.jpg", "words");
    await folder.put("photos/deep/.DS_Store", "");
    await folder.put("photos/script.png", made.SVG);
    await folder.put("alone.gif", made.gif(3, 3));
    const first = await folder.run(["photos", "alone.gif"]);
    expect(first.code).toBe(2);
    const lines = first.output.trimEnd().split("\n");
    expect(lines.slice(0, 5).toSorted()).toEqual([
      "added          alone.gif",
      "added          photos/a.jpg",
      "added          photos/deep/er/picture.txt",
      "refused        photos/deep/words.jpg",
      "refused        photos/script.png",
    ]);
    expect(lines.slice(5, -1).toSorted()).toEqual([
      "refused  photos/deep/words.jpg: not a JPEG, PNG, WebP, GIF, AVIF or TIFF image",
      "refused  photos/script.png: not a JPEG, PNG, WebP, GIF, AVIF or TIFF image",
      "skipped  photos/deep/.DS_Store: hidden",
    ]);
    expect(lines.at(-1)).toBe("added 3, already there 0, refused 2");
    expect((await inSet()).map((name) => name.slice(64)).toSorted()).toEqual([".jpg", ".png", ".webp"]);
    // No upload rows, because no person uploaded them.
    const kept = (await readdir(join(folder.path, "data"))).filter((name) => !name.startsWith("."));
    expect(kept).toEqual(["images"]);

    const second = await folder.run(["alone.gif", "photos/a.jpg"]);
    expect(second.code).toBe(0);
    expect(second.output).toMatch(/\nadded 0, already there 2, refused 0\n$/);
  });

  it("adds files that somebody put into the store's image folder, and skips the store's own", async () => {
    await folder.put("alone.png", made.png(3, 3));
    await folder.run(["alone.png"]);
    await folder.put("data/images/holiday/IMG_0001.PNG", made.png(4, 4));
    await folder.put("data/images/photo-2.png", made.png(5, 5));
    await folder.put("data/labels/00000.csv", "id");
    await folder.put("data/projects/12/images/photo.png", made.png(6, 6));
    await folder.put("data/people/a/12", "");
    await folder.put("data/gold/00000.csv", "id");
    await folder.put("data/exclusions/00000.csv", "id");
    for (const named of [
      ["data"],
      ["images", "labels", "projects/12", "people", "gold", "exclusions"].map((name) => `data/${name}`),
    ]) {
      const { code, output } = await folder.run(named);
      expect(code).toBe(0);
      expect(output).toMatch(/^skipped {2}data\/images: in the set already \(\d\)$/m);
      for (const skipped of ["labels", "projects(?:/12)?", "people", "gold", "exclusions"])
        expect(output).toMatch(new RegExp(`^skipped {2}data/${skipped}: belongs to the store$`, "m"));
    }
    expect(await inSet()).toHaveLength(3 + 2);
  });
});

describe("an import into a project", () => {
  it("adds images to it alone, and leaves the starter images", async () => {
    await folder.put("data/projects/12/project.json", storedDefinition("100"));
    await folder.putStarter();
    await folder.put("photo.png", made.png(2, 2));
    const { code, output } = await folder.run(["--project=12", "photo.png"]);
    expect(code).toBe(0);
    expect(output).toBe("added          photo.png\nadded 1, already there 0, refused 0\n");
    expect(await readdir(join(folder.path, "data/projects/12/images"))).toHaveLength(1);
    expect(await inSet()).toHaveLength(20);
  });

  it("adds nothing if the project is closed, because nobody could label it", async () => {
    const closed = storedDefinition("100", { closedAt: "2026-11-30T12:00:00.000Z" });
    await folder.put("data/projects/12/project.json", closed);
    await folder.put("photo.png", made.png(2, 2));
    await expect(folder.run(["--project=12", "photo.png"])).rejects.toThrow("Project 12 is closed");
    expect(await readdir(join(folder.path, "data/projects/12"))).toEqual(["project.json"]);
  });

  it("adds nothing if there is no such project", async () => {
    await folder.put("photo.png", made.png(2, 2));
    await expect(folder.run(["--project=12", "photo.png"])).rejects.toThrow("There is no project 12.");
    expect(await readdir(join(folder.path, "data"))).toEqual([".tmp"]);
  });
});

describe("the starter images", () => {
  const REMOVED = "20 starter images were removed from the set; --starter adds them again\n";

  it("are removed when somebody imports real images, and are added again with --starter", async () => {
    await folder.put("photo.png", made.png(2, 2));
    await folder.putStarter();
    expect(await folder.run(["photo.png"])).toEqual({
      code: 0,
      output: `added          photo.png\n${REMOVED}added 1, already there 0, refused 0\n`,
    });
    expect(await inSet()).toEqual([expect.stringMatching(/\.png$/)]);
    expect((await folder.run(["photo.png"])).output).toBe(
      "already there  photo.png\nadded 0, already there 1, refused 0\n",
    );

    // All but the first, so that only one is drawn.
    await folder.putStarter(1);
    const { code, output } = await folder.run(["--starter", "photo.png"]);
    expect(code).toBe(0);
    expect(output).toMatch(/^added {8} {2}a hot dog on a plate on red gingham$/m);
    expect(output).toMatch(/\nadded 1, already there 20, refused 0\n$/);
    expect(output).not.toContain("removed from the set");
    expect(await inSet()).toHaveLength(21);
  });

  it("are removed even if an earlier version added them", async () => {
    await folder.put("photo.png", made.png(2, 2));
    for (const { formerName } of await starterImages()) await folder.put(`data/images/${formerName}`, "old");
    const { code, output } = await folder.run(["photo.png"]);
    expect(code).toBe(0);
    expect(output).toContain(REMOVED);
    expect(await inSet()).toEqual([expect.stringMatching(/\.png$/)]);
  });

  it("stay if all imported files are refused", async () => {
    await folder.put("words.jpg", "words");
    await folder.putStarter();
    const { code, output } = await folder.run(["words.jpg"]);
    expect(code).toBe(2);
    expect(output).not.toContain("removed from the set");
    expect(await inSet()).toHaveLength(20);
  });

  it("are removed with --remove-starter", async () => {
    await folder.putStarter();
    expect(await folder.run(["--remove-starter"])).toEqual({
      code: 0,
      output: `${REMOVED}added 0, already there 0, refused 0\n`,
    });
    expect(await inSet()).toEqual([]);
  });
});

describe("an import from S3", () => {
  const HUGE = Buffer.alloc(10 * 1024 * 1024 + 1);
  const CONTENT = [
    ["photos/", Buffer.alloc(0)],
    ["photos/A photo + ümlaut.png", made.png(3, 3)],
    ["photos/deep/b.gif", made.png(4, 4)],
    ["photos/notes.txt", Buffer.from("no image")],
    ["photos/huge.png", HUGE],
    ["photographs/c.png", made.png(5, 5)],
    [`photos/set/images/${"0".repeat(64)}.png`, made.png(6, 6)],
    [`photos/set/images/${"1".repeat(64)}.png`, made.png(6, 7)],
    ["photos/set/images/holiday/IMG_0001.png", made.png(6, 8)],
    ["photos/set/images/photo-2.png", made.png(6, 9)],
    ["photos/set/conditional-write-test", Buffer.from("text")],
    ["photos/set/labels/00000.csv", Buffer.from("id")],
  ] as const;
  const IN_BUCKET = { engine: "s3", bucket: "a.bucket", prefix: "photos/set" } as const;

  let server: S3Server;
  let around: NonNullable<S3ServerOptions["around"]>;

  beforeAll(async () => {
    server = await startS3Server({ around: (request, act) => around(request, act) });
  });

  beforeEach(() => {
    around = (_, act) => act();
    server.requests.length = 0;
    // Replaces the previous test's bucket.
    server.createBucket("a.bucket", CONTENT);
    stubAws({ AWS_ENDPOINT_URL_S3: server.endpoint });
  });

  afterEach(() => vi.unstubAllEnvs());

  afterAll(() => server.close());

  it("adds each object with the prefix once, and skips the store's own objects", async () => {
    const { code, output } = await folder.run(
      ["s3://a.bucket/photos/", "s3://a.bucket/photos/deep"],
      IN_BUCKET,
    );
    expect(code).toBe(2);
    expect(output).toContain("added          s3://a.bucket/photos/A photo + ümlaut.png\n");
    expect(output).toContain("refused  s3://a.bucket/photos/notes.txt: not a JPEG");
    expect(output).toContain("refused  s3://a.bucket/photos/huge.png: larger than 10 MiB");
    expect(output.split("\n").filter((line) => line.startsWith("skipped"))).toEqual([
      "skipped  s3://a.bucket/photos/set/conditional-write-test: belongs to the store",
      "skipped  s3://a.bucket/photos/set/images/: in the set already (2)",
      "skipped  s3://a.bucket/photos/set/labels/: belongs to the store",
    ]);
    expect(output).toMatch(/\nadded 4, already there 0, refused 2\n$/);
    const inBucket = server
      .bucket("a.bucket")
      .keys()
      .filter((key) => /^photos\/set\/images\/[0-9a-f]{64}\.png$/.test(key));
    expect(inBucket).toHaveLength(2 + 4);
    expect(server.requests.filter(({ method, key }) => method === "GET" && key.includes("huge"))).toEqual([]);
  });

  it("adds them to a folder too, together with files, and recognizes them the next time", async () => {
    await folder.put("file.png", made.png(7, 7));
    const wanted = ["file.png", "s3://a.bucket/photo"];
    expect((await folder.run(wanted)).output).toMatch(/\nadded 8, already there 0, refused 4\n$/);
    expect((await folder.run(wanted)).output).toMatch(/\nadded 0, already there 8, refused 4\n$/);
  });

  it("is where gold answers find images by their addresses", async () => {
    await folder.run(["s3://a.bucket/photos/deep", "s3://a.bucket/photographs/"], IN_BUCKET);
    const lines = ["s3://a.bucket/photos/deep/b.gif,1", "s3://a.bucket/photographs/c.png,0"];
    await folder.put("gold.csv", `image,label\n${lines.join("\n")}\n`);
    const before = server.requests.length;
    const { output } = await folder.run(["--gold=GOLD"], IN_BUCKET);
    expect(output).toContain("gold: 1 × 0 (not hot dog), 1 × 1 (hot dog)\nset 2, already there 0\n");
    expect(server.bucket("a.bucket").keys()).toContain("photos/set/gold/00000.csv");
    expect(server.requests.length - before).toBeLessThan(30);
    await folder.put("gold.csv", `image,label\ns3://a.bucket/photos/deep/,1\ns3://a.bucket/gone,1\n`);
    const absent = "is neither the name of an image in the set nor a file that can be read";
    await expect(folder.run(["--gold=GOLD"], IN_BUCKET)).rejects.toThrow(
      `line 2: ${absent}\n  line 3: ${absent}`,
    );
  });

  it("reports a bucket that does not exist, and adds nothing", async () => {
    const run = folder.run(["s3://a.bucket/photos/deep", "s3://no-such-bucket/x"], IN_BUCKET);
    await expect(run).rejects.toThrow(
      /no-such-bucket at http:\/\/.* cannot be used: it does not exist; create it, or correct its address/,
    );
    expect(server.bucket("a.bucket").keys()).toHaveLength(CONTENT.length);
  });

  it("accepts the scheme in capitals, too", async () => {
    expect(await folder.run(["S3://a.bucket/photos/deep"], IN_BUCKET)).toEqual({
      code: 0,
      output: "added          s3://a.bucket/photos/deep/b.gif\nadded 1, already there 0, refused 0\n",
    });
  });

  it("refuses single objects that are missing, archived or forbidden, with the reason", async () => {
    around = ({ method, key }, act) => {
      if (method !== "GET" || key === "") return act();
      if (key.endsWith("b.gif")) return failure(404, "NoSuchKey");
      if (key.endsWith("c.png")) return failure(403, "InvalidObjectState");
      return key.endsWith("mlaut.png") ? failure(403, "AccessDenied") : act();
    };
    const names = ["A", "deep"].map((name) => `s3://a.bucket/photos/${name}`);
    const { code, output } = await folder.run([...names, "s3://a.bucket/photog"], IN_BUCKET);
    expect(code).toBe(2);
    expect(output).toContain("refused  s3://a.bucket/photos/A photo + ümlaut.png: may not be read\n");
    expect(output).toContain("refused  s3://a.bucket/photos/deep/b.gif: no longer exists\n");
    expect(output).toContain("refused  s3://a.bucket/photographs/c.png: archived; restore it first\n");
  });

  it.each([
    ["the network fails", undefined, /socket hang up|ECONNRESET|TimeoutError/],
    ["the server fails", failure(500, "InternalError"), /InternalError/],
    ["the bucket is deleted", failure(404, "NoSuchBucket"), /NoSuchBucket/],
  ])("fails when %s, and reports what it has done", async (_, answer, named) => {
    around = ({ method, key }, act) => (method === "GET" && key !== "" ? answer : act());
    await expect(folder.run(["s3://a.bucket/photos"])).rejects.toThrow(named);
    expect(folder.output()).toMatch(/added 0, already there 0, refused \d\n$/);
  });
});
