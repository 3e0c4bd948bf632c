import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { EXPORT_FORMATS } from "../../src/labeling/export-formats.ts";
import { text } from "node:stream/consumers";
import { bytesOf } from "../../src/export/export-file.ts";
import { datasetCard } from "../../src/export/formats/dataset-card.ts";
import { prepareRawLabels } from "../../src/export/formats/labels.ts";
import { readLabels } from "../../src/project/label-file.ts";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { memoryStore } from "../object-store/memory-store.ts";
import { readBack, HEADER, imageCalled, part, readCsv, readJsonLines, type Exported } from "./read-back.ts";

/** Image a is a hot dog, b is not, people are split on c, d is no longer in the set, and e is unanswered. */
const ANSWERS = ["a cyd 1", "a bob 1", "a ann 0", "b ann 0", "b bob 0", "c ann 1", "c bob 0", "d cyd 1"];
const LATER = ["a ann 1"];
const BUCKET = "s3://bucket/below/images";

let objects: Map<string, StoredObject>;
let store: ObjectStore;

function put(key: string, body: Buffer): void {
  objects.set(key, { body, etag: "1", modified: new Date(0) });
}

beforeEach(() => {
  objects = new Map();
  store = memoryStore(objects, async (act) => act());
  put("labels/00000.csv", part(ANSWERS));
  put("labels/00001.csv", part(LATER, 30 * 60 * 60));
  for (const image of ["a", "b", "c", "e"]) put(`images/${imageCalled(image)}`, Buffer.alloc(3));
});

async function made(
  format: (typeof EXPORT_FORMATS)[number],
  options: Parameters<typeof readBack>[2] = {},
): Promise<Exported> {
  const found = await readBack(store, format, options);
  if (found === undefined) throw new Error("there is nothing to export");
  return found;
}

const imageName = z.string().regex(/^[0-9a-f]{64}\.webp$/);
const share = z.string().regex(/^[01]\.\d{4}$/);
const count = z.string().regex(/^\d+$/);
const label = z.enum(["0", "1"]);

describe("an export as labels", () => {
  const row = z.strictObject({
    image: imageName,
    labeler: z.string(),
    label,
    labeled_on: z.iso.date(),
    counts: z.enum(["0", "1"]),
  });

  it("has every answer, including changed ones and those to removed images, sorted by image and person", async () => {
    const { files, counts } = await made("labels");
    const rows = readCsv(files["labels.csv"] ?? "", row);
    expect(
      rows.map(({ image, labeler, label, counts }) => `${image[0]} ${labeler} ${label} ${counts}`),
    ).toEqual([
      "a ann 0 0",
      "a ann 1 1",
      "a bob 1 1",
      "a cyd 1 1",
      "b ann 0 1",
      "b bob 0 1",
      "c ann 1 1",
      "c bob 0 1",
      "d cyd 1 1",
    ]);
    expect(rows[0]).toMatchObject({ labeled_on: "2026-01-01" });
    expect(counts).toEqual({
      images: 4,
      people: 3,
      answers: 9,
      given: 9,
      removed: 0,
      ties: 0,
      unsure: 0,
      excluded: 0,
      unreadable: 0,
    });
  });

  it("leaves out rows that cannot be parsed, and counts them", async () => {
    put("labels/00001.csv", Buffer.from(`${HEADER}\r\nnot,an,answer,at,all,!\r\n1,2,3\r\n\r\n`));
    const { files, counts } = await made("labels");
    expect(readCsv(files["labels.csv"] ?? "", row)).toHaveLength(ANSWERS.length);
    expect(counts).toMatchObject({ answers: ANSWERS.length, unreadable: 2 });
  });
});

describe("a raw export", () => {
  const raw = async (): Promise<string> => {
    const labels = (await readLabels(store, HOTDOG_QUESTION)).batches;
    const [file] = (await prepareRawLabels(labels, HOTDOG_QUESTION))?.files(new Set()) ?? [];
    return file === undefined ? "" : text(bytesOf(file));
  };

  it("has every row in the order of the label file", async () => {
    const row = z.strictObject({
      id: z.string().regex(/^\d{19}$/),
      labeled_at: z.iso.datetime({ precision: 3 }),
      image: imageName,
      label,
      labeler: z.string(),
      round: z.string(),
    });
    const rows = readCsv(await raw(), row);
    expect(rows.map(({ image, labeler, label }) => `${image[0]} ${labeler} ${label}`)).toEqual([
      ...ANSWERS,
      ...LATER,
    ]);
    expect(rows[0]).toMatchObject({ labeled_at: "2026-01-01T00:00:00.000Z", round: "7" });
  });

  it("equals a label file of one part byte for byte", async () => {
    objects.delete("labels/00001.csv");
    expect(await raw()).toBe(part(ANSWERS).toString());
  });

  it("keeps spreadsheets from reading a name as a formula", async () => {
    put("labels/00001.csv", part(["a =1+1 1"], 100));
    expect(await raw()).toContain(`,"'=1+1",`);
  });
});

describe("an export as consensus", () => {
  it("has one row per labeled image, with ties shown as ties, and one row per person", async () => {
    const { files, counts } = await made("consensus");
    const settled = z.enum(["true", "false"]);
    const majority = z.enum(["0", "1", "tie"]);
    const row = { image: imageName, label: majority, probability: share, votes_0: count, votes_1: count };
    const images = readCsv(files["consensus.csv"] ?? "", z.strictObject({ ...row, majority, settled }));
    expect(images.map(({ image, votes_0, votes_1 }) => [image[0], votes_0, votes_1])).toEqual([
      ["a", "0", "3"],
      ["b", "2", "0"],
      ["c", "1", "1"],
      ["d", "0", "1"],
    ]);
    expect(images.map(({ majority }) => majority)).toEqual(["1", "0", "tie", "1"]);
    expect(images.map(({ settled }) => settled)).toEqual(["true", "false", "false", "false"]);
    for (const { label, probability } of images.filter(({ label }) => label !== "tie"))
      expect(Number(probability) > 0.5).toBe(label === "1");

    const answers = z.string().regex(/^\d+\.\d$/);
    const reliability = (name: string) => ({
      [name]: share,
      [`${name}_low`]: share,
      [`${name}_high`]: share,
      [`${name}_answers`]: answers,
    });
    const person = {
      labeler: z.string(),
      images: count,
      ...reliability("sensitivity"),
      ...reliability("specificity"),
    };
    const people = readCsv(files["labelers.csv"] ?? "", z.strictObject(person));
    expect(people.map(({ labeler, images }) => [labeler, images])).toEqual([
      ["ann", "3"],
      ["bob", "3"],
      ["cyd", "2"],
    ]);
    expect(counts).toEqual({
      images: 4,
      gold: 0,
      answers: 8,
      given: 9,
      people: 3,
      removed: 0,
      ties: 0,
      unsure: 0,
      excluded: 0,
      unreadable: 0,
    });
  });
});

describe.each(["consensus", "ground-truth", "label-studio"] as const)("an export as %s", (format) => {
  it("says in method.json and in the summary which model was chosen, over which, and why", async () => {
    const { files, method } = await made(format, { imagesAt: BUCKET });
    const compared = z.strictObject({
      method: z.string(),
      groups_per_label: z.array(z.int()),
      evidence_nats: z.number(),
    });
    const file = z.strictObject({
      method: z.literal("dawid-skene"),
      description: z.string(),
      compared: z.tuple([compared, compared]),
    });
    const { description, compared: candidates } = file.parse(JSON.parse(files["method.json"] ?? ""));
    expect(description).toBe(method);
    expect(description).toMatch(
      /^The labels come from Dawid–Skene .* better than EBCC .* \d\.\d nats higher\.$/,
    );
    expect(candidates[0].evidence_nats).toBeGreaterThan(candidates[1].evidence_nats);
    expect(candidates.map(({ method: name }) => name)).toEqual(["dawid-skene", "ebcc"]);
  });
});

describe("an export for crowd-kit", () => {
  it("has each person's last answer to each image", async () => {
    const { files, counts } = await made("crowd-kit");
    const row = z.strictObject({ task: imageName, worker: z.string(), label });
    const rows = readCsv(files["crowd-kit.csv"] ?? "", row);
    expect(rows.map(({ task, worker, label }) => `${task[0]} ${worker} ${label}`)).toEqual([
      "a ann 1",
      "a bob 1",
      "a cyd 1",
      ...ANSWERS.slice(3),
    ]);
    expect(counts).toMatchObject({ answers: rows.length, given: 9 });
  });
});

describe("an export for Hugging Face", () => {
  const row = z.strictObject({
    file_name: imageName,
    label: z.literal([0, 1]),
    probability: z.number().min(0).max(1),
    votes_0: z.int(),
    votes_1: z.int(),
    settled: z.boolean(),
  });

  it("has the decided images of the set, and counts what is left out", async () => {
    const { files, images, counts } = await made("huggingface");
    const rows = readJsonLines(files["train/metadata.jsonl"] ?? "", row);
    expect(rows.map(({ file_name, label }) => [file_name[0], label])).toEqual([
      ["a", 1],
      ["b", 0],
      ["c", expect.toBeOneOf([0, 1])],
    ]);
    expect(rows[0]).toMatchObject({ votes_0: 0, votes_1: 3, settled: true });
    expect(images).toEqual(rows.map(({ file_name }) => `train/${file_name}`));
    const votes = rows.reduce((sum, { votes_0, votes_1 }) => sum + votes_0 + votes_1, 0);
    expect(counts).toMatchObject({ images: 3, answers: votes, given: 9, removed: 1, ties: 0 });
  });

  it("does not mention images that could not be copied", async () => {
    const { files, counts } = await made("huggingface", { missing: [imageCalled("a")] });
    const rows = readJsonLines(files["train/metadata.jsonl"] ?? "", row);
    expect(rows.map(({ file_name }) => file_name[0])).not.toContain("a");
    expect(counts).toMatchObject({ images: rows.length, answers: 4, given: 9, removed: 2 });
    expect(files["README.md"]).toContain(`| images                | ${rows.length} |`);
  });

  it("has a dataset card with valid front matter, counts and agreement, and no license", async () => {
    const { files } = await made("huggingface");
    const [, head = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(files["README.md"] ?? "") ?? [];
    const card = z.strictObject({
      pretty_name: z.string(),
      task_categories: z.tuple([z.literal("image-classification")]),
      annotations_creators: z.tuple([z.literal("crowdsourced")]),
      size_categories: z.tuple([z.literal("n<1K")]),
      tags: z.array(z.string()),
    });
    expect(card.safeParse(parseYaml(head)).error).toBeUndefined();
    expect(body).toContain("| answers in total      | 9 |");
    expect(body).toContain("| people who answered   | 3 |");
    expect(body).toMatch(/Krippendorff's alpha \(nominal\): -?\d\.\d{4}\./);
    expect(body).toContain("1 that are no longer in the image set");
    expect(body).toContain("The labels come from Dawid–Skene (Dawid and Skene 1979).");
    expect(body).toContain("`license:`");
  });

  it.each([
    [999, "n<1K"],
    [1_000, "1K<n<10K"],
    [999_999, "100K<n<1M"],
    [10_000_000, "10M<n<100M"],
  ])("puts %i images into Hugging Face's size category %s", (count, size) => {
    // Only the length matters: ten million real images would take a gigabyte.
    const images = Object.assign([], { length: count });
    const { text } = datasetCard({
      question: HOTDOG_QUESTION,
      method: "",
      images,
      answers: 0,
      people: 0,
      alpha: undefined,
      ties: 0,
      removed: 0,
      withUnsure: false,
      withGold: false,
      excluded: 0,
    });
    expect([...(text as string[])].join("")).toContain(`size_categories:\n  - ${size}\n`);
  });

  it("says so if agreement cannot be computed", async () => {
    objects.delete("labels/00001.csv");
    put("labels/00000.csv", part(["a ann 1"]));
    const { files } = await made("huggingface");
    expect(files["README.md"]).toContain("cannot be computed");
  });
});

describe("an export for Ground Truth", () => {
  const line = z.strictObject({
    "source-ref": z.string().regex(/^s3:\/\/bucket\/below\/images\/[0-9a-f]{64}\.webp$/),
    hotdog: z.literal([0, 1]),
    "hotdog-metadata": z.strictObject({
      "class-name": z.enum(["hot_dog", "not_hot_dog"]),
      confidence: z.number().min(0.5).max(1),
      type: z.literal("groundtruth/image-classification"),
      "job-name": z.literal("labeling-job/hotdog"),
      "human-annotated": z.literal("yes"),
      "creation-date": z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
    }),
  });

  it("has a line per decided image of the set, dated to the day of its last answer", async () => {
    const { files, counts } = await made("ground-truth", { imagesAt: BUCKET });
    const lines = readJsonLines(files["hotdog.manifest"] ?? "", line);
    const [a, b] = lines;
    expect(a).toMatchObject({ "source-ref": `${BUCKET}/${imageCalled("a")}`, hotdog: 1 });
    expect(a?.["hotdog-metadata"]).toMatchObject({
      "class-name": "hot_dog",
      "creation-date": "2026-01-02T00:00:00.000000",
    });
    expect(b).toMatchObject({ hotdog: 0, "hotdog-metadata": { "class-name": "not_hot_dog" } });
    expect(counts).toMatchObject({ images: lines.length, answers: 7, given: 9, removed: 1 });
  });

  it.each([undefined, "https://example.org/images"])("is refused with images at %s", async (imagesAt) => {
    await expect(readBack(store, "ground-truth", imagesAt === undefined ? {} : { imagesAt })).rejects.toThrow(
      "names images on S3",
    );
  });
});

describe("an export for Label Studio", () => {
  const result = {
    id: z.string(),
    from_name: z.literal("choice"),
    to_name: z.literal("image"),
    type: z.literal("choices"),
    value: z.strictObject({ choices: z.tuple([z.enum(["Hot dog", "Not hot dog"])]) }),
  };
  const annotation = z.strictObject({
    result: z.tuple([z.strictObject({ ...result, meta: z.strictObject({ text: z.tuple([z.string()]) }) })]),
    was_cancelled: z.literal(false),
    ground_truth: z.literal(false),
  });
  const prediction = z.strictObject({
    model_version: z.literal("dawid-skene"),
    score: z.number().min(0.5).max(1),
    result: z.tuple([z.strictObject(result)]),
  });
  const tasks = z.array(
    z.strictObject({
      data: z.strictObject({ image: z.string(), name: imageName }),
      annotations: z.array(annotation),
      predictions: z.array(prediction).max(1),
    }),
  );

  it("has a task per image of the set, with an annotation per person and the consensus as a prediction", async () => {
    const { files, counts } = await made("label-studio");
    const found = tasks.parse(JSON.parse(files["tasks.json"] ?? ""));
    expect(found.map(({ data, annotations }) => [data.name[0], annotations.length])).toEqual([
      ["a", 3],
      ["b", 2],
      ["c", 2],
      ["e", 0],
    ]);
    const [a, , , e] = found;
    expect(a?.data.image).toBe(`/data/local-files/?d=images/${imageCalled("a")}`);
    const answers = a?.annotations.map(({ result: [{ meta, value }] }) => [...meta.text, ...value.choices]);
    expect(answers).toEqual([
      ["labeler ann", "Hot dog"],
      ["labeler bob", "Hot dog"],
      ["labeler cyd", "Hot dog"],
    ]);
    expect(a?.predictions[0]?.result[0].value.choices).toEqual(["Hot dog"]);
    expect(e?.predictions).toEqual([]);
    expect(counts).toMatchObject({ images: 4, answers: 7, given: 9, removed: 1 });
  });

  it("gives every result a unique id", async () => {
    const { files } = await made("label-studio");
    const ids = tasks
      .parse(JSON.parse(files["tasks.json"] ?? ""))
      .flatMap(({ annotations }) => annotations.map(({ result: [{ id }] }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    [BUCKET, `${BUCKET}/`],
    ["https://example.org/images/", "https://example.org/images/"],
    ["/data/local-files/?d=a/images", "/data/local-files/?d=a/images/"],
    ["/data/local-files/?d=", "/data/local-files/?d="],
  ])("refers to images at %s", async (imagesAt, prefix) => {
    const { files } = await made("label-studio", { imagesAt });
    const [task] = tasks.parse(JSON.parse(files["tasks.json"] ?? ""));
    expect(task?.data.image).toBe(prefix + imageCalled("a"));
  });

  it("has a labeling interface with the same choices", async () => {
    const { files } = await made("label-studio");
    const xml = files["labeling-interface.xml"] ?? "";
    expect(xml).toContain('<Image name="image" value="$image"/>');
    expect(xml).toContain('<Choices name="choice" toName="image" choice="single">');
    for (const choice of ["Hot dog", "Not hot dog"]) expect(xml).toContain(`<Choice value="${choice}"/>`);
  });

  it("has tasks even before anyone has answered", async () => {
    objects.delete("labels/00000.csv");
    objects.delete("labels/00001.csv");
    expect((await made("label-studio")).counts).toMatchObject({ images: 4, answers: 0 });
  });
});

describe("an image on which people are evenly split", () => {
  beforeEach(() => {
    // Two people of the same skill who contradict each other on every image.
    objects.clear();
    put("labels/00000.csv", part(["a ann 1", "a bob 0", "b ann 0", "b bob 1"]));
    for (const image of ["a", "b"]) put(`images/${imageCalled(image)}`, Buffer.alloc(3));
  });

  it("is a tie in the consensus", async () => {
    const { files } = await made("consensus");
    expect(files["consensus.csv"]).toContain(`${imageCalled("a")},tie,0.5000,1,1,tie,false\r\n`);
  });

  it("has no prediction in Label Studio, and keeps its annotations", async () => {
    const { files } = await made("label-studio");
    expect(files["tasks.json"]).toContain('"predictions":[]');
    expect(files["tasks.json"]).toContain("labeler ann");
  });

  it("is left out of formats that need a label", async () => {
    expect(await readBack(store, "huggingface")).toBeUndefined();
    expect(await readBack(store, "ground-truth", { imagesAt: BUCKET })).toBeUndefined();
  });
});

/** SHA-256, shortened, of what was made of the same answers before labels came from a chosen model. */
const UNCHANGED: Record<(typeof EXPORT_FORMATS)[number], string> = {
  labels: "e5c218ce0332ac5b",
  consensus: "4e7d56be91ccd250",
  "crowd-kit": "2f36e6ba2688070e",
  huggingface: "b11e7a962dc2ad9a",
  "ground-truth": "f14f50e2ae2d2817",
  "label-studio": "b18c3ce27491127b",
};

/** Leaves out what models say: method.json, the columns about reliability and `settled`, and the description of the method. */
function withoutModel(files: Record<string, string>): Record<string, string> {
  const { "method.json": _, "labelers.csv": labelers, "README.md": card, ...rest } = files;
  const unsettled = Object.entries(rest).map(([name, text]) => [
    name,
    text.replaceAll(/,"settled":(?:true|false)|,(?:settled|true|false)(?=\r\n)/g, ""),
  ]);
  return {
    ...Object.fromEntries(unsettled),
    // The columns that labelers.csv has always had.
    ...(labelers !== undefined && {
      "labelers.csv": labelers
        .split("\r\n")
        .map((line) => line.split(",").slice(0, 4).join(","))
        .join("\r\n"),
    }),
    ...(card !== undefined && {
      "README.md": card
        .replace(/A person's last answer.*?(?=\n\n## Columns)/s, "")
        .replace(/\| `settled`.*\n/, ""),
    }),
  };
}

describe("every format", () => {
  it.each(EXPORT_FORMATS)(
    "%s has the same labels, votes and texts as before, but for its model",
    async (format) => {
      const { files } = await made(format, { imagesAt: BUCKET });
      const hash = createHash("sha256")
        .update(JSON.stringify(withoutModel(files)))
        .digest("hex");
      expect(hash.slice(0, 16)).toBe(UNCHANGED[format]);
    },
  );

  it.each(EXPORT_FORMATS)("%s has the same bytes for the same label file", async (format) => {
    const first = await made(format, { imagesAt: BUCKET });
    for (const object of objects.values()) object.modified = new Date();
    expect(await made(format, { imagesAt: BUCKET })).toEqual(first);
  });

  it.each(EXPORT_FORMATS)("%s does not depend on which part an answer is in", async (format) => {
    const first = await made(format, { imagesAt: BUCKET });
    const [one, two] = [objects.get("labels/00000.csv"), objects.get("labels/00001.csv")];
    put("labels/00000.csv", two?.body ?? Buffer.alloc(0));
    put("labels/00001.csv", one?.body ?? Buffer.alloc(0));
    expect((await made(format, { imagesAt: BUCKET })).files).toEqual(first.files);
  });

  it.each(EXPORT_FORMATS)("%s is undefined if there is nothing to export", async (format) => {
    objects.clear();
    put("labels/00000.csv", Buffer.from(`${HEADER}\r\n`));
    expect(await readBack(store, format, { imagesAt: BUCKET })).toBeUndefined();
  });
});
