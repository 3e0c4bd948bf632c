import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { EXPORT_FORMATS, type ExportFormat } from "../../src/labeling/export-formats.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import type { Trust } from "../../src/labeling/trust.ts";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { memoryStore } from "../object-store/memory-store.ts";
import { imageCalled, part, readBack, readCsv, readJsonLines, type Exported } from "./read-back.ts";

const BUCKET = "s3://bucket/images";
/** Ann was wrong about image a at first; bob is always wrong; cyd could not tell what gold image c is. */
const ANSWERS = ["a ann 0", "a ann 1", "a bob 0", "b ann 1", "b bob 0", "b cyd 1", "b cyd 0", "c cyd unsure"];
/** Image d is gold without answers, and image e is no longer in the set. */
const TRUST: Trust = {
  gold: new Map([
    [imageCalled("e"), 1],
    [imageCalled("a"), 1],
    [imageCalled("c"), 0],
    [imageCalled("d"), 0],
  ]),
  excluded: new Set(["bob"]),
};

let store: ObjectStore;

beforeEach(() => {
  const objects = new Map<string, StoredObject>();
  const put = (key: string, body: Buffer) => objects.set(key, { body, etag: "1", modified: new Date(0) });
  put("labels/00000.csv", part(ANSWERS));
  for (const image of ["a", "b", "c", "d"]) put(`images/${imageCalled(image)}`, Buffer.alloc(3));
  store = memoryStore(objects, async (act) => act());
});

async function made(format: ExportFormat, trust?: Trust): Promise<Exported> {
  const question = { ...HOTDOG_QUESTION, offersUnsure: true };
  const found = await readBack(store, format, { question, imagesAt: BUCKET, ...(trust && { trust }) });
  if (found === undefined) throw new Error("there is nothing to export");
  return found;
}

const image = z.string().transform(([digit]) => digit ?? "");
const rowsOf = (csv: string | undefined, row: z.ZodType<Record<string, string>>): string[] =>
  readCsv(csv ?? "", row).map((fields) => Object.values(fields).join(" "));

describe("an export with gold images and excluded people", () => {
  it.each(EXPORT_FORMATS)("is as it was without them (%s)", async (format) => {
    const nobody: Trust = { gold: new Map(), excluded: new Set(["somebody without answers"]) };
    expect(await made(format, nobody)).toEqual(await made(format));
  });

  it("says in labels who is excluded, and counts first answers to gold images", async () => {
    const { files, counts } = await made("labels", TRUST);
    const row = z.strictObject({
      image,
      labeler: z.string(),
      label: z.string(),
      labeled_on: z.string().transform(() => "on"),
      counts: z.string(),
      excluded: z.string(),
    });
    expect(rowsOf(files["labels.csv"], row)).toEqual([
      "a ann 0 on 1 0",
      "a ann 1 on 0 0",
      "a bob 0 on 0 1",
      "b ann 1 on 1 0",
      "b bob 0 on 0 1",
      "b cyd 1 on 0 0",
      "b cyd 0 on 1 0",
      "c cyd unsure on 1 0",
    ]);
    expect(counts).toMatchObject({ images: 3, answers: 8, given: 8, people: 3, excluded: 0 });
  });

  it("says in consensus which images are gold and who is excluded, and how many gold answers are right", async () => {
    const { files, counts } = await made("consensus", TRUST);
    const row = z.looseObject({ image, label: z.string(), probability: z.string(), gold: z.string() });
    const votes = readCsv(files["consensus.csv"] ?? "", row);
    expect(
      votes.map(({ image: of, label, probability, votes_0, votes_1, gold }) => [
        of,
        label,
        probability,
        votes_0,
        votes_1,
        gold,
      ]),
    ).toEqual([
      ["a", "1", "1.0000", "1", "0", "true"],
      ["b", expect.any(String), expect.any(String), "1", "1", "false"],
      ["c", "0", "0.0000", "0", "0", "true"],
    ]);
    const person = z.looseObject({ labeler: z.string() });
    const people = readCsv(files["labelers.csv"] ?? "", person);
    expect(
      people.map(({ labeler, gold, gold_right, excluded }) => [labeler, gold, gold_right, excluded]),
    ).toEqual([
      ["ann", "1", "0", "false"],
      ["bob", "1", "0", "true"],
      ["cyd", "0", "0", "false"],
    ]);
    expect(counts).toMatchObject({ images: 3, gold: 2, answers: 4, given: 8, people: 2, excluded: 2 });
  });

  it("has no answers of excluded people in crowd-kit, and the gold labels in a file", async () => {
    const { files, counts } = await made("crowd-kit", TRUST);
    const row = z.strictObject({ task: image, worker: z.string(), label: z.string() });
    expect(rowsOf(files["crowd-kit.csv"], row)).toEqual(["a ann 0", "b ann 1", "b cyd 0"]);
    expect(rowsOf(files["gold.csv"], z.strictObject({ task: image, label: z.string() }))).toEqual([
      "a 1",
      "c 0",
      "d 0",
      "e 1",
    ]);
    expect(counts).toMatchObject({ answers: 3, given: 8, people: 2, unsure: 1, excluded: 2 });
  });

  it("has gold as ground truth of Label Studio", async () => {
    const { files } = await made("label-studio", TRUST);
    const result = z.array(z.looseObject({ value: z.object({ choices: z.array(z.string()) }) }));
    const task = z.object({
      data: z.looseObject({ name: image }),
      annotations: z.array(z.object({ result, ground_truth: z.boolean() })),
    });
    const tasks = task.array().parse(JSON.parse(files["tasks.json"] ?? ""));
    const found = tasks.map(({ data, annotations }) => [
      data.name,
      annotations.map(({ result: [given], ground_truth }) => `${given?.value.choices[0]} ${ground_truth}`),
    ]);
    expect(found).toEqual([
      ["a", ["Hot dog true", "Not hot dog false"]],
      ["b", ["Hot dog false", "Not hot dog false"]],
      ["c", ["Not hot dog true", "undefined false"]],
      ["d", ["Not hot dog true"]],
    ]);
    expect(files["tasks.json"]).not.toContain("labeler bob");
  });

  it("has gold labels with certainty for Ground Truth, dated by an answer", async () => {
    const { files } = await made("ground-truth", TRUST);
    const metadata = z.object({ confidence: z.number(), "creation-date": z.string() });
    const line = z.object({ "source-ref": z.string(), hotdog: z.number(), "hotdog-metadata": metadata });
    const lines = readJsonLines(files["hotdog.manifest"] ?? "", line);
    const found = new Map(lines.map((one) => [one["source-ref"], one]));
    const certain = { confidence: 1, "creation-date": "2026-01-01T00:00:00.000000" };
    for (const [digit, label] of [
      ["a", 1],
      ["c", 0],
    ] as const)
      expect(found.get(`${BUCKET}/${imageCalled(digit)}`)).toMatchObject({
        hotdog: label,
        "hotdog-metadata": certain,
      });
  });

  it("says for Hugging Face which images are gold, and in the card what is left out", async () => {
    const { files, counts } = await made("huggingface", TRUST);
    const line = z.looseObject({ file_name: image, label: z.number(), gold: z.boolean() });
    const lines = readJsonLines(files["train/metadata.jsonl"] ?? "", line);
    expect(lines.filter(({ gold }) => gold).map(({ file_name, label }) => [file_name, label])).toEqual([
      ["a", 1],
      ["c", 0],
    ]);
    const card = files["README.md"] ?? "";
    expect(card).toContain("Also left out: 2 answers of people whose answers do not count");
    expect(card).toContain("To a gold image, a person's first answer counts.");
    expect(card).toMatch(/\| `gold` {8}\|/);
    expect(counts).toMatchObject({ excluded: 2, gold: 2 });
  });
});
