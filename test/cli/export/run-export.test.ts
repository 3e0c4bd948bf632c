import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ObjectStore } from "../../../src/object-store/object-store.ts";
import { HEADER, imageCalled, part } from "../../export/read-back.ts";
import { storedDefinition } from "../../project/definitions.ts";
import { ANSWERS, exportFolder, type ExportFolder } from "./run-in-folder.ts";

let folder: ExportFolder;

beforeEach(async () => {
  folder = await exportFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

/** How the labels of the store were chosen. */
const METHOD = `The labels come from Dawid–Skene (Dawid and Skene 1979). It estimates together how likely each label is and how often each person is right about the images of each label. People are assumed to be mostly right until their answers say otherwise. It was chosen because it explains the answers better than EBCC (Li, Rubinstein and Cohn 2019): its evidence is 0.5 nats higher.\n`;

describe("an export into a folder", () => {
  it.each([
    ["labels", ["labels.csv"], ""],
    ["consensus", ["consensus.csv", "labelers.csv", "method.json"], METHOD],
    ["crowd-kit", ["crowd-kit.csv"], ""],
    ["label-studio", ["tasks.json", "labeling-interface.xml", "method.json"], METHOD],
  ])(
    "in the format %s has its files, and leaves nothing beside its folder",
    async (format, files, method) => {
      await folder.putStore();
      expect(await folder.run(`--format ${format}`)).toEqual({
        code: 0,
        shown: `wrote ${files.join(", ")}: 2 images, 4 answers, 2 people\n${method}`,
        warned: "",
      });
      expect(await folder.names("out")).toEqual(files.toSorted());
      expect(await folder.names()).toEqual(["data", "out"]);
    },
  );

  it("in the format huggingface has the images, too", async () => {
    await folder.putStore();
    expect(await folder.run("--format huggingface")).toEqual({
      code: 0,
      shown: `wrote train/metadata.jsonl, README.md: 2 images, 4 answers, 2 people\n${METHOD}`,
      warned: "",
    });
    expect(await folder.names("out")).toEqual(["README.md", "train"]);
    expect(await folder.names("out/train")).toEqual([imageCalled("a"), imageCalled("b"), "metadata.jsonl"]);
    for (const image of ["a", "b"])
      expect(await folder.read(`train/${imageCalled(image)}`)).toBe(`picture ${image}`);
  });

  it.each([
    ["", "images"],
    ["--project 12", "projects/12/images"],
  ])(
    "names the images where Label Studio finds them below the folder of the store: %s",
    async (project, at) => {
      await folder.putStore();
      await folder.put("data/projects/12/project.json", storedDefinition("100"));
      await folder.put(`data/projects/12/images/${imageCalled("a")}`, "picture a");
      expect(await folder.run(`--format label-studio ${project}`.trim())).toMatchObject({ code: 0 });
      const [task] = JSON.parse(await folder.read("tasks.json")) as { data: { image: string } }[];
      expect(task?.data.image).toBe(`/data/local-files/?d=${at}/${imageCalled("a")}`);
    },
  );

  it("has the labels, the images and the question of the project that --project names", async () => {
    await folder.putStore();
    await folder.put("data/projects/12/project.json", storedDefinition("100"));
    await folder.put("data/projects/12/labels/00000.csv", part(["c ann 2"]));
    await folder.put(`data/projects/12/images/${imageCalled("c")}`, "picture c");
    expect(await folder.run("--format huggingface --project 12")).toMatchObject({ code: 0 });
    expect(await folder.names("out/train")).toEqual([imageCalled("c"), "metadata.jsonl"]);
    expect(await folder.read("train/metadata.jsonl")).toContain("Neither");
    const missing = "--format labels --project 13 --out out-13";
    expect(await folder.refusal(missing)).toBe("There is no project 13. npm run projects -- list shows all.");
  });

  it("refers to images on S3 for Ground Truth, and needs --images-at if the store is a folder", async () => {
    await folder.putStore();
    expect(await folder.refusal("--format ground-truth")).toBe(
      "Ground Truth only reads images from S3, but the store is a folder. Copy its images to S3 and add --images-at s3://BUCKET/FOLDER.",
    );
    expect(await folder.names()).toEqual(["data"]);
    expect(await folder.run("--format ground-truth --images-at s3://other/pictures")).toMatchObject({
      code: 0,
    });
    expect(await folder.read("hotdog.manifest")).toContain(`"s3://other/pictures/${imageCalled("a")}"`);
  });

  it("uses new pseudonyms each time, and the same ones with the same --people file", async () => {
    await folder.putStore();
    const key = join(folder.path, "study.key");
    const once = async (words = ""): Promise<string> => {
      expect(await folder.run(`--format crowd-kit${words}`)).toMatchObject({ code: 0 });
      const csv = await folder.read("crowd-kit.csv");
      await rm(join(folder.path, "out"), { recursive: true });
      return csv;
    };
    const [one, two] = [await once(), await once()];
    expect(two).not.toBe(one);
    const first = await once(` --people ${key}`);
    expect(await once(` --people ${key}`)).toBe(first);
    for (const name of ["ann", "bob"]) expect(first + one).not.toContain(name);
  });

  it.each([
    ["has other content", "notes.txt", /notes\.txt is not a key file of --people/],
    ["is in a missing folder", "not/there/key", /^The file of --people cannot be used: ENOENT/],
    ["is a folder", "data", /^The file of --people cannot be used: EISDIR/],
  ])("refuses a --people file that %s, and writes nothing", async (_, name, says) => {
    await folder.putStore();
    await folder.put("notes.txt", "notes that are longer than a key has to be");
    expect(await folder.refusal(`--format labels --people ${join(folder.path, name)}`)).toMatch(says);
    expect(await folder.names()).toEqual(["data", "notes.txt"]);
  });

  it("copies the label file unchanged with --raw, and warns of what it contains", async () => {
    await folder.putStore();
    const { code, shown } = await folder.run("--format labels --raw");
    expect(code).toBe(0);
    expect(shown).toMatch(
      /^wrote labels\.csv: 4 answers\nThis is .* ids and times of presses and rounds\. They lead from\s+Discord's messages to people/,
    );
    expect(await folder.read("labels.csv")).toBe(part(ANSWERS).toString());
  });

  it("reports how many of all answers it has, and what it leaves out", async () => {
    await folder.putStore();
    await folder.put("data/labels/00001.csv", `${HEADER}\r\nno,answer\r\n`);
    await rm(join(folder.path, "data/images", imageCalled("b")));
    const { shown } = await folder.run("--format huggingface");
    expect(shown).toContain(
      "wrote train/metadata.jsonl, README.md: 1 image, 2 of 4 answers (the last of each person to each image), 2 people\nleft out: 1 labeled image no longer in the set; 1 row of the label file without an answer\n",
    );
  });

  it("leaves out an image that is removed in the meantime, and says so", async () => {
    await folder.putStore();
    const around = (store: ObjectStore): ObjectStore => ({
      ...store,
      get: async (key) => (key.endsWith(imageCalled("b")) ? undefined : store.get(key)),
    });
    const { code, shown } = await folder.run("--format huggingface", { around });
    expect(code).toBe(0);
    expect(shown).toMatch(/: 1 image, 2 of 4 answers .*\nleft out: 1 labeled image no longer in the set\n/);
    expect(await folder.names("out/train")).toEqual([imageCalled("a"), "metadata.jsonl"]);
    expect(await folder.read("train/metadata.jsonl")).not.toContain(imageCalled("b"));
  });

  it("refuses a folder that is not empty, before it reads the store", async () => {
    await folder.put("out/notes.txt", "mine");
    const store = { engine: "s3", bucket: "nowhere-at-all", prefix: "" } as const;
    expect(await folder.refusal("--format labels", { store })).toMatch(
      /out exists already and is not empty. Name a folder that does not exist yet\.$/,
    );
    expect(await folder.read("notes.txt")).toBe("mine");
  });

  it.each([
    ["a file", "file", /file cannot be created: ENOTDIR/],
    // The code depends on the system.
    ["a folder below a file", "file/below", /below cannot be created: E[A-Z]+: /],
  ])("reports that it cannot create %s", async (_, name, says) => {
    await folder.put("file", "mine");
    await folder.putStore();
    expect(await folder.refusal(`--format labels --out ${join(folder.path, name)}`)).toMatch(says);
    expect(await folder.names()).toEqual(["data", "file"]);
  });

  it("writes into an empty folder, and creates missing parent folders", async () => {
    await folder.putStore();
    await mkdir(join(folder.path, "out"));
    expect(await folder.run("--format labels")).toMatchObject({ code: 0 });
    expect(await folder.names("out")).toEqual(["labels.csv"]);
    const deep = join(folder.path, "not/there/yet");
    expect(await folder.run(`--format labels --out ${deep}`)).toMatchObject({ code: 0 });
    expect(await folder.names("not/there/yet")).toEqual(["labels.csv"]);
  });

  it("creates neither a store nor a folder if there is nothing to export", async () => {
    expect(await folder.refusal("--format labels")).toMatch(
      /^The folder of STORE_URL cannot be read: ENOENT/,
    );
    await mkdir(join(folder.path, "data"));
    expect(await folder.refusal("--format labels")).toBe(
      "There is nothing to export yet: nobody has labeled an image in the set.",
    );
    expect(await folder.names()).toEqual(["data"]);
  });

  it("stops when it is aborted, says so, and leaves nothing", async () => {
    await folder.putStore();
    const controller = new AbortController();
    const running = folder.run("--format huggingface", { signal: controller.signal });
    controller.abort();
    expect(await running).toEqual({
      code: 130,
      shown: "",
      warned: "Stopping…\nStopped: nothing was written.\n",
    });
    expect(await folder.names()).toEqual(["data"]);
  });
});
