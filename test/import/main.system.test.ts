import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failure } from "../aws/s3-answers.ts";
import { startS3Server, type S3Server, type S3ServerOptions } from "../aws/s3-server.ts";
import * as made from "../images/files.ts";

const ROOT = join(import.meta.dirname, "../..");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-import-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  code: unknown;
  stdout: string;
  stderr: string;
}

interface Options {
  store?: string;
  settings?: Record<string, string>;
  /** Sent once the first file has been added, to all processes as a terminal does. */
  signal?: NodeJS.Signals;
}

/** Runs `npm run import` of this checkout, away from it. */
async function runImport(
  args: string[],
  { store = `file:${folder}/data`, settings = {}, signal }: Options = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [join(ROOT, "src/import/main.ts"), ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], STORE_URL: store, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  if (signal !== undefined) child.stdout.once("data", () => process.kill(-(child.pid ?? Number.NaN), signal));
  const outcome = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (data: Buffer) => (outcome[name] += data.toString()));
  const [code] = (await once(child, "close")) as unknown[];
  return { code, ...outcome };
}

describe("npm run import -- --starter", () => {
  it("fills the store with 20 images, says so, and finds them there the next time", async () => {
    const first = await runImport(["--starter"]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^added {8} {2}a hot dog on a plate on red gingham$/m);
    expect(first.stdout).toMatch(/\nadded 20, already there 0, refused 0\n$/);
    const names = await readdir(join(folder, "data/images"));
    expect(names.filter((name) => /^[0-9a-f]{64}\.webp$/.test(name))).toHaveLength(20);

    const second = await runImport(["--starter"]);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(second.stdout).toMatch(/\nadded 0, already there 20, refused 0\n$/);
    expect(await readdir(join(folder, "data/images"))).toEqual(names);
  });
});

describe("the images to start with", () => {
  const TAKEN_OUT = "20 images to start with were taken out of the set; --starter brings them back\n";
  const names = (): Promise<string[]> => readdir(join(folder, "data/images"));

  beforeEach(async () => {
    await runImport(["--starter"]);
    await writeFile(join(folder, "photo.jpg"), await made.photo().jpeg().toBuffer());
    await writeFile(join(folder, "words.jpg"), "words");
  });

  it("leave the set when somebody imports real ones, and come back on request", async () => {
    const { code, stdout } = await runImport(["photo.jpg"]);
    expect(code).toBe(0);
    expect(stdout).toBe(`added          photo.jpg\n${TAKEN_OUT}added 1, already there 0, refused 0\n`);
    expect(await names()).toEqual([expect.stringMatching(/\.jpg$/)]);
    expect((await runImport(["photo.jpg"])).stdout).not.toContain("taken out");

    expect((await runImport(["--starter", "photo.jpg"])).stdout).not.toContain("taken out");
    expect(await names()).toHaveLength(21);
  });

  it("stay when all that was brought in is refused", async () => {
    const { code, stdout } = await runImport(["words.jpg"]);
    expect(code).toBe(2);
    expect(stdout).not.toContain("taken out");
    expect(await names()).toHaveLength(20);
  });

  it("leave the set on request", async () => {
    const { code, stdout } = await runImport(["--remove-starter"]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${TAKEN_OUT}added 0, already there 0, refused 0\n`,
    });
    expect(await names()).toEqual([]);
  });
});

describe("npm run import", () => {
  it.each([
    {
      args: [],
      says: /^Nothing to add\.\n\nUsage: npm run import -- \[--starter \| --remove-starter\] \[PATH…\]\n/,
    },
    { args: ["--starter", "--remove-starter"], says: /^--starter and --remove-starter do not go together/ },
    { args: ["--beginner"], says: /^Unknown option '--beginner'.*\n\nUsage:/ },
    { args: ["--starter=yes"], says: /^Option '--starter' does not take an argument\n\nUsage:/ },
  ])("explains itself and touches nothing when called with $args", async ({ args, says }) => {
    const { code, stdout, stderr } = await runImport(args);
    expect(stderr).toMatch(says);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(await readdir(folder)).toEqual([]);
  });

  it("explains itself on request", async () => {
    const { code, stdout, stderr } = await runImport(["--help"]);
    expect(stdout).toMatch(/^Usage: npm run import/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("names a store that it cannot use", async () => {
    const { code, stderr } = await runImport(["--starter"], { store: "somewhere" });
    expect(stderr).toMatch(/^These settings are wrong:\n {2}STORE_URL must be/);
    expect(code).toBe(1);
  });
});

describe("npm run import -- PATH…", () => {
  async function put(name: string, bytes: Buffer | string): Promise<void> {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }

  it("adds what is an image, tells of all else, and finds it there the next time", async () => {
    await put("photos/a.jpg", await made.photo().jpeg().toBuffer());
    await put("photos/deep/er/picture.txt", await made.photo().webp().toBuffer());
    await put("photos/deep/words.jpg", "words");
    await put("photos/deep/.DS_Store", "");
    await put("photos/script.png", made.SVG);
    await put("alone.gif", made.gif(3, 3));
    const first = await runImport(["photos", "alone.gif"]);
    expect(first).toMatchObject({ code: 2, stderr: "" });
    const lines = first.stdout.trimEnd().split("\n");
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
    const names = await readdir(join(folder, "data/images"));
    expect(names.map((name) => name.slice(64)).toSorted()).toEqual([".jpg", ".png", ".webp"]);

    const second = await runImport(["alone.gif", "photos/a.jpg"]);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(second.stdout).toMatch(/\nadded 0, already there 2, refused 0\n$/);
  });

  it("brings in what somebody has put beside the images of the set, and nothing that the store itself keeps", async () => {
    await put("alone.png", made.png(3, 3));
    await runImport(["alone.png"]);
    await put("data/images/holiday/IMG_0001.PNG", made.png(4, 4));
    await put("data/images/photo-2.png", made.png(5, 5));
    await put("data/labels/00000.csv", "id");
    for (const named of [["data"], ["data/images", "data/labels"]]) {
      const { code, stdout } = await runImport(named);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^skipped {2}data\/images: in the set already \(\d\)$/m);
      expect(stdout).toMatch(/^skipped {2}data\/labels: the store's own$/m);
    }
    expect(await readdir(join(folder, "data/images"))).toHaveLength(3 + 2);
  });

  it("writes no upload rows: there is no person", async () => {
    await put("a.png", made.png(2, 2));
    await runImport(["a.png"]);
    expect((await readdir(join(folder, "data"))).filter((name) => !name.startsWith("."))).toEqual(["images"]);
  });

  it("adds the images to start with as well", async () => {
    await put("a.png", made.png(2, 2));
    const { code, stdout } = await runImport(["--starter", "a.png"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nadded 21, already there 0, refused 0\n$/);
  });

  it("adds nothing, and makes no store, when a path does not exist", async () => {
    await put("a.png", made.png(2, 2));
    const { code, stdout, stderr } = await runImport(["--starter", "a.png", "b.png"]);
    expect(stderr).toMatch(/Nothing was added, for these cannot be read:\n {2}b\.png: does not exist\n$/);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(await readdir(folder)).toEqual(["a.png"]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("is broken off by %s and taken up again", async (signal) => {
    for (let index = 0; index < 60; index += 1)
      await put(
        `photos/${index}.png`,
        await made
          .photo(400, 300 + index)
          .png()
          .toBuffer(),
      );
    const broken = await runImport(["photos"], { signal });
    expect(broken).toMatchObject({ code: 130, stderr: "" });
    const [, added = "", refused = ""] =
      /\nadded (\d+), already there 0, refused (\d+)\n$/.exec(broken.stdout) ?? [];
    expect(Number(added)).toBeGreaterThan(0);
    expect(Number(added)).toBeLessThan(60);
    expect(refused).toBe("0");
    expect(await readdir(join(folder, "data/images"))).toHaveLength(Number(added));

    const { code, stdout } = await runImport(["photos"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`\nadded ${60 - Number(added)}, already there ${added}, refused 0\n`);
    expect(await readdir(join(folder, "data/images"))).toHaveLength(60);
  });
});

describe("npm run import -- s3://…", () => {
  let server: S3Server;
  let around: NonNullable<S3ServerOptions["around"]>;

  beforeEach(async () => {
    around = (_, act) => act();
    server = await startS3Server({
      around: (request, act) => around(request, act),
      buckets: {
        "a.bucket": [
          ["photos/", Buffer.alloc(0)],
          ["photos/A photo + ümlaut.png", made.png(3, 3)],
          ["photos/deep/b.gif", made.png(4, 4)],
          ["photos/notes.txt", Buffer.from("no image")],
          ["photos/huge.png", Buffer.alloc(10 * 1024 * 1024 + 1)],
          ["photographs/c.png", made.png(5, 5)],
          [`photos/set/images/${"0".repeat(64)}.png`, made.png(6, 6)],
          [`photos/set/images/${"1".repeat(64)}.png`, made.png(6, 7)],
          ["photos/set/images/holiday/IMG_0001.png", made.png(6, 8)],
          ["photos/set/images/photo-2.png", made.png(6, 9)],
          ["photos/set/conditional-write-test", Buffer.from("text")],
          ["photos/set/labels/00000.csv", Buffer.from("id")],
        ],
      },
    });
  });

  afterEach(() => server.close());

  const importObjects = (addresses: string[], store = "s3://a.bucket/photos/set"): Promise<Outcome> =>
    runImport(addresses, {
      store,
      settings: {
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_ENDPOINT_URL_S3: server.endpoint,
        S3_FORCE_PATH_STYLE: "true",
      },
    });

  it("adds the objects whose key begins so, once each, and not what the store itself keeps", async () => {
    const outcome = await importObjects(["s3://a.bucket/photos/", "s3://a.bucket/photos/deep"]);
    expect(outcome).toMatchObject({ code: 2, stderr: "" });
    expect(outcome.stdout).toContain("added          s3://a.bucket/photos/A photo + ümlaut.png\n");
    expect(outcome.stdout).toContain("refused  s3://a.bucket/photos/notes.txt: not a JPEG");
    expect(outcome.stdout).toContain("refused  s3://a.bucket/photos/huge.png: larger than 10 MiB");
    expect(outcome.stdout.split("\n").filter((line) => line.startsWith("skipped"))).toEqual([
      "skipped  s3://a.bucket/photos/set/conditional-write-test: the store's own",
      "skipped  s3://a.bucket/photos/set/images/: in the set already (2)",
      "skipped  s3://a.bucket/photos/set/labels/: the store's own",
    ]);
    expect(outcome.stdout).toMatch(/\nadded 4, already there 0, refused 2\n$/);
    const inSet = server
      .bucket("a.bucket")
      .keys()
      .filter((key) => /^photos\/set\/images\/[0-9a-f]{64}\.png$/.test(key));
    expect(inSet).toHaveLength(2 + 4);
    expect(server.requests.filter(({ method, key }) => method === "GET" && key.includes("huge"))).toEqual([]);
  });

  it("adds them to a folder as well, together with files, and finds them there the next time", async () => {
    await writeFile(join(folder, "file.png"), made.png(7, 7));
    const wanted = [join(folder, "file.png"), "s3://a.bucket/photo"];
    const first = await importObjects(wanted, `file:${folder}/data`);
    expect(first.stdout).toMatch(/\nadded 8, already there 0, refused 4\n$/);
    const second = await importObjects(wanted, `file:${folder}/data`);
    expect(second.stdout).toMatch(/\nadded 0, already there 8, refused 4\n$/);
  });

  it.each([
    ["s3://a.bucket/nothing", "s3://a.bucket/nothing: there is no object whose key begins so"],
    ["S3://a.bucket/nothing", "S3://a.bucket/nothing: there is no object whose key begins so"],
    ["s3://A.bucket/x", "s3://A.bucket/x: bucket names are lower-case letters"],
    [
      "s3://no-such-bucket/x",
      "no-such-bucket at http://.* cannot be used: it does not exist; create it, or correct its address",
    ],
    ["s3:/a.bucket", "s3:/a.bucket: S3 is addressed as s3://BUCKET/PREFIX"],
  ])("says of %s what is wrong, and adds nothing", async (address, reason) => {
    const outcome = await importObjects(["s3://a.bucket/photos/deep", address]);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(new RegExp(reason));
    expect(outcome.stderr).not.toContain("    at ");
    expect(server.bucket("a.bucket").keys()).toHaveLength(12);
  });

  it("takes the scheme in capitals, too", async () => {
    const outcome = await importObjects(["S3://a.bucket/photos/deep"]);
    expect(outcome.stdout).toBe(
      "added          s3://a.bucket/photos/deep/b.gif\nadded 1, already there 0, refused 0\n",
    );
  });

  it("refuses single objects that are gone, archived or closed to it, with the reason", async () => {
    around = ({ method, key }, act) => {
      if (method !== "GET" || key === "") return act();
      if (key.endsWith("b.gif")) return failure(404, "NoSuchKey");
      if (key.endsWith("c.png")) return failure(403, "InvalidObjectState");
      return key.endsWith("mlaut.png") ? failure(403, "AccessDenied") : act();
    };
    const outcome = await importObjects([
      "s3://a.bucket/photos/A",
      "s3://a.bucket/photos/deep",
      "s3://a.bucket/photog",
    ]);
    expect(outcome).toMatchObject({ code: 2, stderr: "" });
    expect(outcome.stdout).toContain("refused  s3://a.bucket/photos/A photo + ümlaut.png: may not be read\n");
    expect(outcome.stdout).toContain("refused  s3://a.bucket/photos/deep/b.gif: no longer there\n");
    expect(outcome.stdout).toContain(
      "refused  s3://a.bucket/photographs/c.png: archived; restore it first\n",
    );
  });

  it.each([
    ["the network fails", undefined, "Error"],
    ["the server fails", failure(500, "InternalError"), "InternalError"],
    ["the bucket is deleted", failure(404, "NoSuchBucket"), "NoSuchBucket"],
  ])("ends as a failure when %s", async (_, answer, named) => {
    around = ({ method, key }, act) => (method === "GET" && key !== "" ? answer : act());
    const outcome = await importObjects(["s3://a.bucket/photos"], `file:${folder}/data`);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain(named);
    expect(outcome.stdout).toMatch(/added 0, already there 0, refused \d\n$/);
  });
});
