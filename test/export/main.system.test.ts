import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure } from "../aws/s3-answers.ts";
import { startS3Server, type S3ServerOptions } from "../aws/s3-server.ts";
import { runProcess, type RunningProcess } from "../end-to-end/process.ts";
import { HEADER, imageCalled, part } from "./read-back.ts";

const ANSWERS = ["a ann 1", "a bob 1", "b ann 0", "b bob 0"];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hotdog-export-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, bytes: Buffer | string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), bytes);
}

async function putStore(): Promise<void> {
  await put("data/labels/00000.csv", part(ANSWERS));
  for (const image of ["a", "b"]) await put(`data/images/${imageCalled(image)}`, `picture ${image}`);
}

/** `npm run export` of this checkout. */
function start(args: string[], settings: Record<string, string> = {}): RunningProcess {
  return runProcess("src/export/main.ts", { STORE_URL: `file:${folder}/data`, ...settings }, args);
}

async function run(
  format: string,
  args: string[] = [],
  settings: Record<string, string> = {},
): Promise<{ code: unknown; output: string }> {
  await using running = start(["--format", format, "--out", join(folder, "out"), ...args], settings);
  const code = await running.exited;
  return { code, output: running.output() };
}

const read = (name: string): Promise<string> => readFile(join(folder, "out", name), "utf8");

describe("npm run export", () => {
  it.each([
    [
      [],
      /^--format is one of labels, consensus, crowd-kit, huggingface, ground-truth, label-studio\.\n\nUsage/,
    ],
    [["--format", "csv", "--out", "x"], /^There is no format csv; there are labels, consensus, /],
    [["--format", "labels"], /^--out names the folder to make\.\n\nUsage/],
    [
      ["--format", "labels", "--out", "x", "--images-at", "s3://b/c"],
      /^--images-at is for ground-truth and label-/,
    ],
    [
      ["--format", "ground-truth", "--out", "x", "--images-at", "https://b/c"],
      /must be s3:\/\/BUCKET\/FOLDER for/,
    ],
    [["--format", "label-studio", "--out", "x", "--images-at", "images"], /^--images-at must be an address/],
    [["--format", "consensus", "--out", "x", "--raw"], /^--raw is for --format labels\./],
    [["--format", "labels", "--out", "x", "--raw", "--people", "key"], /^--raw keeps the stored pseudonyms/],
    [["--format", "labels", "--out", "x", "--people", ""], /^--people names a file/],
    [["labels"], /^Unexpected argument 'labels'/],
  ])("explains itself when called with %j", async (args, says) => {
    await using running = start(args);
    expect(await running.exited).toBe(1);
    expect(running.output()).toMatch(says);
    expect(await readdir(folder)).toEqual([]);
  });

  it("explains itself on request", async () => {
    await using running = start(["--help"]);
    expect(await running.exited).toBe(0);
    expect(running.output()).toMatch(/^Usage: npm run export/);
  });

  it.each([
    ["labels", ["labels.csv"], "2 images, 4 answers, 2 people"],
    ["consensus", ["consensus.csv", "labelers.csv"], "2 images, 4 answers, 2 people"],
    ["crowd-kit", ["crowd-kit.csv"], "2 images, 4 answers, 2 people"],
    ["label-studio", ["labeling-interface.xml", "tasks.json"], "2 images, 4 answers, 2 people"],
  ])("writes %s, says what is in it, and nothing else", async (format, names, counts) => {
    await putStore();
    const { code, output } = await run(format);
    expect(output).toContain(`: ${counts}\n`);
    expect(code).toBe(0);
    expect((await readdir(join(folder, "out"))).toSorted()).toEqual(names);
    expect((await readdir(folder)).toSorted()).toEqual(["data", "out"]);
  });

  it("gives people other pseudonyms each time, and the same with the same file of --people", async () => {
    await putStore();
    const key = join(folder, "study.key");
    const once = async (...args: string[]): Promise<string> => {
      expect((await run("crowd-kit", args)).code).toBe(0);
      const csv = await read("crowd-kit.csv");
      await rm(join(folder, "out"), { recursive: true });
      return csv;
    };
    const [one, two] = [await once(), await once()];
    expect(two).not.toBe(one);
    const first = await once("--people", key);
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    await chmod(key, 0o400);
    expect(await once("--people", key)).toBe(first);
    for (const name of ["ann", "bob"]) expect(first + one).not.toContain(name);
  });

  it.each([
    ["is something else", "notes.txt", /notes\.txt is not a file that --people made/],
    ["is in no folder", "not/there/key", /The file of --people cannot be used: ENOENT/],
    ["is a folder", "data", /The file of --people cannot be used: EISDIR/],
  ])("says when the file of --people %s, and writes nothing", async (_, name, says) => {
    await putStore();
    await put("notes.txt", "notes that are longer than a key has to be");
    const { code, output } = await run("labels", ["--people", join(folder, name)]);
    expect(output).toMatch(says);
    expect(code).toBe(1);
    expect((await readdir(folder)).toSorted()).toEqual(["data", "notes.txt"]);
  });

  it("writes the label file as it is when asked to, and says what that contains", async () => {
    await putStore();
    const { code, output } = await run("labels", ["--raw"]);
    expect(code).toBe(0);
    expect(output).toContain("wrote labels.csv: 4 answers\n");
    expect(output).toMatch(
      /ids and times of presses and rounds, which lead\s+from Discord's messages to people/,
    );
    expect(await read("labels.csv")).toBe(part(ANSWERS).toString());
  });

  it("tells how many answers are in the files where that is not all of them", async () => {
    await putStore();
    await rm(join(folder, "data/images", imageCalled("b")));
    expect((await run("huggingface")).output).toMatch(
      /1 image, \d of 4 answers \(the last of each person to each image\), 2 people\n/,
    );
  });

  it("writes a Hugging Face folder with the images", async () => {
    await putStore();
    expect((await run("huggingface")).code).toBe(0);
    expect((await readdir(join(folder, "out"))).toSorted()).toEqual(["README.md", "train"]);
    const images = [imageCalled("a"), imageCalled("b")];
    expect((await readdir(join(folder, "out/train"))).toSorted()).toEqual([...images, "metadata.jsonl"]);
    expect(await read(`train/${imageCalled("b")}`)).toBe("picture b");
  });

  it("tells of rows that are no answers, and of images that are no longer in the set", async () => {
    await putStore();
    await put("data/labels/00001.csv", `${HEADER}\r\nno,answer\r\n`);
    await rm(join(folder, "data/images", imageCalled("b")));
    const { output } = await run("huggingface");
    expect(output).toContain(
      "left out: 1 labelled image no longer in the set; 1 row of the label file that cannot be an answer\n",
    );
  });

  it("does not take the place of what is there, and looks before it reads", async () => {
    await put("out/notes.txt", "mine");
    const { code, output } = await run("labels", [], { STORE_URL: "s3://nowhere-at-all" });
    expect(output).toMatch(/out is there already and not empty; name a folder that is not there yet\.\n$/);
    expect(code).toBe(1);
    expect(await read("notes.txt")).toBe("mine");
  });

  it.each([
    ["a file", "file", /cannot be made: ENOTDIR/],
    ["a folder below a file", "file/below", /cannot be made: ENOTDIR/],
    ["a link to a file", "to-file", /cannot be made: ENOTDIR/],
    ["a link that leads nowhere", "nowhere", /nowhere is a link to what is not there; name a folder/],
    ["a link to itself", "itself", /cannot be made: ELOOP/],
    ["a name that is too long", "a".repeat(250), /cannot be made: ENAMETOOLONG/],
  ])("says before it reads that it cannot make %s", async (_, name, says) => {
    await put("file", "mine");
    const links = { "to-file": "file", nowhere: "not-there", itself: "itself" };
    for (const [from, to] of Object.entries(links)) await symlink(join(folder, to), join(folder, from));
    await putStore();
    await using running = start(["--format", "labels", "--out", join(folder, name)]);
    expect(await running.exited).toBe(1);
    expect(running.output()).toMatch(says);
    expect(running.output()).not.toMatch(/^ +at /m);
    expect((await readdir(folder)).toSorted()).toEqual(["data", "file", "itself", "nowhere", "to-file"]);
  });

  it("says when the disk is full, and leaves nothing", async () => {
    await putStore();
    const preload = pathToFileURL(join(import.meta.dirname, "../faults/full-disk.ts")).href;
    const { code, output } = await run("labels", [], {
      NODE_OPTIONS: `--import ${preload}`,
      FULL_DISK: join(folder, "data"),
    });
    expect(output).toMatch(/out cannot be made: ENOSPC: no space left on device/);
    expect(output).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual(["data"]);
  });

  it("takes an empty folder, also behind a link, and makes those above", async () => {
    await putStore();
    await mkdir(join(folder, "disk/empty"), { recursive: true });
    await symlink(join(folder, "disk/empty"), join(folder, "out"));
    expect((await run("labels")).code).toBe(0);
    expect(await readdir(join(folder, "disk/empty"))).toEqual(["labels.csv"]);
    await using running = start(["--format", "labels", "--out", join(folder, "not/there/yet")]);
    expect(await running.exited).toBe(0);
    expect(await readdir(join(folder, "not/there/yet"))).toEqual(["labels.csv"]);
  });

  it("makes no store, and no folder, where there is nothing to read", async () => {
    const { code, output } = await run("labels");
    expect(output).toContain("The folder of STORE_URL cannot be read");
    expect(code).toBe(1);
    await mkdir(join(folder, "data"));
    const second = await run("labels");
    expect(second.output).toMatch(/There is nothing to export yet: nobody has labelled an image/);
    expect(second.code).toBe(1);
    expect(await readdir(folder)).toEqual(["data"]);
  });

  it("names images on S3 for Ground Truth, and asks where they are when the store is a folder", async () => {
    await putStore();
    const refused = await run("ground-truth");
    expect(refused.output).toContain("--images-at s3://BUCKET/FOLDER");
    expect(refused.code).toBe(1);
    expect((await run("ground-truth", ["--images-at", "s3://other/pictures"])).code).toBe(0);
    expect(await read("hotdog.manifest")).toContain(`"s3://other/pictures/${imageCalled("a")}"`);
  });

  it("leaves the store as it is, which may be read-only", async () => {
    await putStore();
    await chmod(join(folder, "data"), 0o555);
    expect((await run("huggingface")).code).toBe(0);
    expect((await readdir(join(folder, "data"))).toSorted()).toEqual(["images", "labels"]);
    await chmod(join(folder, "data"), 0o755);
  });

  it("may run beside the bot, which has the folder for itself", async () => {
    await putStore();
    const settings = { PLAYGROUND_PORT: "0", STORE_URL: `file:${folder}/data` };
    await using bot = runProcess("src/main.ts", settings);
    await bot.waitFor(/the local Discord is open/);
    expect((await run("labels")).code).toBe(0);
  });
});

describe("npm run export from S3", () => {
  const content = (): [string, Buffer][] => [
    ["below/labels/00000.csv", part(ANSWERS)],
    ...["a", "b"].map((image): [string, Buffer] => [
      `below/images/${imageCalled(image)}`,
      Buffer.from(`picture ${image}`),
    ]),
  ];

  async function openS3(around: NonNullable<S3ServerOptions["around"]> = (_, act) => act()) {
    const server = await startS3Server({ buckets: { "a.bucket": content() }, around });
    const settings = {
      STORE_URL: "s3://a.bucket/below",
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL_S3: server.endpoint,
      S3_FORCE_PATH_STYLE: "true",
    };
    return { server, settings, [Symbol.asyncDispose]: () => server.close() };
  }

  it.each([
    ["ground-truth", "hotdog.manifest", `"s3://a.bucket/below/images/${imageCalled("a")}"`],
    ["label-studio", "tasks.json", `"s3://a.bucket/below/images/${imageCalled("a")}"`],
    ["huggingface", `train/${imageCalled("a")}`, "picture a"],
  ])("reads only, and tells %s of its images", async (format, name, holds) => {
    await using s3 = await openS3();
    expect((await run(format, [], s3.settings)).code).toBe(0);
    expect(await read(name)).toContain(holds);
    expect(new Set(s3.server.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  it("leaves nothing when the store fails", async () => {
    await using s3 = await openS3(({ key }, act) =>
      key.endsWith(imageCalled("b")) ? failure(403, "AccessDenied") : act(),
    );
    const { code, output } = await run("huggingface", [], s3.settings);
    expect(output).toContain("AccessDenied");
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  /** A process that has begun to write, since the image that it waits for is not the first. */
  async function stuck(): Promise<
    { running: RunningProcess; settings: Record<string, string> } & AsyncDisposable
  > {
    const waits = new Set<string>();
    const s3 = await openS3(({ key }, act) => {
      if (!key.endsWith(imageCalled("b")) || waits.size > 0) return act();
      waits.add(key);
      return new Promise(() => {});
    });
    const running = start(["--format", "huggingface", "--out", join(folder, "out")], s3.settings);
    await vi.waitFor(
      async () => {
        const [aside = ""] = await readdir(folder);
        expect(await readdir(join(folder, aside, "files/train"))).toEqual([imageCalled("a")]);
        expect(waits.size).toBe(1);
      },
      { timeout: 20_000 },
    );
    return {
      running,
      settings: s3.settings,
      async [Symbol.asyncDispose]() {
        await running[Symbol.asyncDispose]();
        await s3[Symbol.asyncDispose]();
      },
    };
  }

  it("leaves no folder when it is killed in the middle, and clears away what was left the next time", async () => {
    await using killed = await stuck();
    killed.running.child.kill("SIGKILL");
    await killed.running.exited;
    expect(await readdir(folder)).toEqual([expect.stringMatching(/^\.out\.export-/)]);
    expect((await run("huggingface", [], killed.settings)).code).toBe(0);
    expect(await readdir(folder)).toEqual(["out"]);
    expect(await readdir(join(folder, "out/train"))).toHaveLength(3);
  });

  it("clears away nothing of another that is still at it", async () => {
    await using other = await stuck();
    expect((await run("labels", [], other.settings)).code).toBe(0);
    expect((await readdir(folder)).toSorted()).toEqual([expect.stringMatching(/^\.out\.export-/), "out"]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("is broken off by %s and leaves nothing", async (signal) => {
    let go: () => void = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    await using s3 = await openS3(async ({ key }, act) => {
      if (key.endsWith("00000.csv")) await held;
      return act();
    });
    await using running = start(["--format", "labels", "--out", join(folder, "out")], s3.settings);
    await expect.poll(() => s3.server.requests.map(({ key }) => key)).toContain("below/labels/00000.csv");
    running.child.kill(signal);
    await running.waitFor(/Breaking off/);
    go();
    expect(await running.exited).toBe(130);
    expect(running.output()).toContain("Broken off: nothing was written.");
    expect(await readdir(folder)).toEqual([]);
  });
});
