import { beforeEach, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import type { ExportFormat } from "../../src/labeling/export-formats.ts";
import { UNSURE, type Question } from "../../src/labeling/question.ts";
import type { ObjectStore, StoredObject } from "../../src/object-store/object-store.ts";
import { memoryStore } from "../object-store/memory-store.ts";
import { imageCalled, part, readBack, readCsv, readJsonLines, type Exported } from "./read-back.ts";

const BUCKET = "s3://bucket/images";
const CATS: Question = {
  text: `Cat, "dog" | <neither>?`,
  labels: ["cat", "🐶 dog & co", "neither"],
  offersUnsure: true,
  settleAt: 0.9,
};
/** Image a is a dog, b is tied, nobody can tell what c is, and d is unanswered. */
const ANSWERS = ["a ann unsure", "a ann 1", "a bob 1", "a cyd unsure", "b ann 0", "b bob 2", "c cyd unsure"];

let store: ObjectStore;

function storeWith(answers: readonly string[]): ObjectStore {
  const objects = new Map<string, StoredObject>();
  const put = (key: string, body: Buffer) => objects.set(key, { body, etag: "1", modified: new Date(0) });
  put("labels/00000.csv", part(answers));
  for (const image of ["a", "b", "c", "d"]) put(`images/${imageCalled(image)}`, Buffer.alloc(3));
  return memoryStore(objects, async (act) => act());
}

beforeEach(() => {
  store = storeWith(ANSWERS);
});

async function made(format: ExportFormat, question = CATS): Promise<Exported> {
  const found = await readBack(store, format, { question, imagesAt: BUCKET });
  if (found === undefined) throw new Error("there is nothing to export");
  return found;
}

const label = z.enum(["0", "1", "2"]);
const image = z.string().transform(([digit]) => digit);

describe("an export of a question with three labels and “Not sure”", () => {
  it("says unsure in labels", async () => {
    const { files, counts } = await made("labels");
    const row = z.object({
      image,
      labeler: z.string(),
      label: z.enum([...label.options, UNSURE]),
      counts: z.string(),
    });
    const rows = readCsv(files["labels.csv"] ?? "", row).map((fields) => Object.values(fields).join(" "));
    expect(rows).toEqual([
      "a ann unsure 0",
      "a ann 1 1",
      "a bob 1 1",
      "a cyd unsure 1",
      "b ann 0 1",
      "b bob 2 1",
      "c cyd unsure 1",
    ]);
    expect(counts).toMatchObject({ images: 3, answers: 7, given: 7, people: 3, unsure: 0 });
  });

  it("counts the votes for each label and the people who are not sure in consensus", async () => {
    const { files, counts } = await made("consensus");
    const [header, ...rows] = (files["consensus.csv"] ?? "").trimEnd().split("\r\n");
    expect(header).toBe("image,label,probability,votes_0,votes_1,votes_2,unsure,majority,settled");
    expect(rows.map((row) => row.replace(/^(.).*webp/, "$1"))).toEqual([
      "a,1,0.9723,0,2,0,1,1,true",
      "b,tie,0.4454,1,0,1,0,tie,false",
      // The share of images with label 1, which is all that is known of it.
      "c,tie,0.4471,0,0,0,1,tie,false",
    ]);
    const person = z.looseObject({
      labeler: z.string(),
      images: z.string(),
      unsure: z.string(),
      accuracy_1: z.coerce.number(),
      accuracy_1_low: z.coerce.number(),
      accuracy_1_high: z.coerce.number(),
      accuracy_2_answers: z.coerce.number(),
    });
    const people = readCsv(files["labelers.csv"] ?? "", person);
    expect(people.map(({ labeler, images, unsure }) => [labeler, images, unsure])).toEqual([
      ["ann", "2", "0"],
      ["bob", "2", "0"],
      ["cyd", "2", "2"],
    ]);
    for (const { accuracy_1: value, accuracy_1_low: low, accuracy_1_high: high } of people)
      expect(low < value && value < high).toBe(true);
    expect(people.at(-1)?.accuracy_2_answers).toBe(0);
    expect(counts).toMatchObject({ images: 3, answers: 6, people: 3, unsure: 0 });
  });

  it("has no row for a skipped task in crowd-kit", async () => {
    const { files, counts } = await made("crowd-kit");
    const row = z.strictObject({ task: image, worker: z.string(), label });
    const rows = readCsv(files["crowd-kit.csv"] ?? "", row).map((fields) => Object.values(fields).join(" "));
    expect(rows).toEqual(["a ann 1", "a bob 1", "b ann 0", "b bob 2"]);
    expect(counts).toMatchObject({ answers: 4, given: 7, people: 2, unsure: 2 });
  });

  it.each(["labels", "consensus", "crowd-kit"] as const)(
    "names the labels in %s in question.json",
    async (format) => {
      const { files } = await made(format);
      expect(JSON.parse(files["question.json"] ?? "")).toEqual({
        question: CATS.text,
        labels: CATS.labels,
        offers_unsure: true,
      });
    },
  );

  it("names the label of each image for Hugging Face, and describes the question in the card", async () => {
    const { files, counts } = await made("huggingface");
    const votes = { votes_0: 0, votes_1: 2, votes_2: 0, unsure: 1 };
    const found = { file_name: imageCalled("a"), label: 1, label_name: "🐶 dog & co", probability: 0.9723 };
    expect(readJsonLines(files["train/metadata.jsonl"] ?? "", z.unknown())).toEqual([
      { ...found, ...votes, settled: true },
    ]);
    expect(counts).toMatchObject({ images: 1, answers: 3, ties: 2, unsure: 0 });
    const [, head = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(files["README.md"] ?? "") ?? [];
    expect(parseYaml(head)).toMatchObject({ pretty_name: CATS.text });
    expect(body).toContain('# Cat\\, \\"dog\\" \\| \\<neither\\>\\?\n');
    expect(body).toContain("| 🐶 dog \\& co (1)");
    expect(body).toContain('or "Not sure", which is no vote');
    expect(body).toContain("| `unsure`      |");
    expect(body).not.toMatch(/hot dog/i);
  });

  it("names the labels for Ground Truth, also in a category configuration, and leaves out what nobody could tell", async () => {
    const { files, counts } = await made("ground-truth");
    expect(readJsonLines(files["label.manifest"] ?? "", z.unknown())).toEqual([
      {
        "source-ref": `${BUCKET}/${imageCalled("a")}`,
        label: 1,
        "label-metadata": {
          "class-name": "🐶 dog & co",
          confidence: 0.9723,
          type: "groundtruth/image-classification",
          "job-name": "labeling-job/label",
          "human-annotated": "yes",
          "creation-date": "2026-01-01T00:00:00.000000",
        },
      },
    ]);
    const instruction = "Cat, &quot;dog&quot; | &lt;neither&gt;?";
    expect(JSON.parse(files["label-categories.json"] ?? "")).toEqual({
      "document-version": "2018-11-28",
      labels: CATS.labels.map((name) => ({ label: name })),
      instructions: { shortInstruction: instruction, fullInstruction: instruction },
    });
    expect(counts).toMatchObject({ images: 1, answers: 2, people: 2, ties: 2, unsure: 1 });
  });

  it("skips a task in Label Studio for people who are not sure", async () => {
    const { files, counts } = await made("label-studio");
    const choices = z.tuple([z.object({ value: z.object({ choices: z.tuple([z.string()]) }) })]);
    const skipped = { result: z.tuple([]), was_cancelled: z.literal(true) };
    const meta = z.object({ text: z.tuple([z.string()]) });
    const annotation = z.union([
      z.object({ ...skipped, meta }).transform((skip) => `${skip.meta.text[0]}: skipped`),
      z
        .object({ result: choices, was_cancelled: z.literal(false) })
        .transform(({ result: [{ value }] }) => value.choices[0]),
    ]);
    const prediction = z
      .object({ model_version: z.literal("one-coin"), score: z.number(), result: choices })
      .transform(({ score, result: [{ value }] }) => `${value.choices[0]} ${score}`);
    const task = z.object({ annotations: z.array(annotation), predictions: z.array(prediction) });
    expect(z.array(task).parse(JSON.parse(files["tasks.json"] ?? ""))).toEqual([
      {
        annotations: ["🐶 dog & co", "🐶 dog & co", "labeler cyd: skipped"],
        predictions: ["🐶 dog & co 0.9723"],
      },
      { annotations: ["cat", "neither"], predictions: [] },
      { annotations: ["labeler cyd: skipped"], predictions: [] },
      { annotations: [], predictions: [] },
    ]);
    expect(files["labeling-interface.xml"]).toBe(`<View>
  <Header value="Cat, &quot;dog&quot; | &lt;neither&gt;?"/>
  <Image name="image" value="$image"/>
  <Choices name="choice" toName="image" choice="single">
    <Choice value="cat"/>
    <Choice value="🐶 dog &amp; co"/>
    <Choice value="neither"/>
  </Choices>
</View>
`);
    expect(counts).toMatchObject({ images: 4, answers: 6, given: 7, people: 3, unsure: 0 });
  });
});

it("an export of two labels of a project gives the probability of the label, and says how reliable people are for each", async () => {
  store = storeWith(["a ann 0", "a bob 0", "b ann 1", "b bob 1"]);
  const { files } = await made("consensus", {
    text: "Cat or dog?",
    labels: ["cat", "dog"],
    offersUnsure: false,
    settleAt: 0.9,
  });
  const row = z.object({ label, probability: z.string(), votes_0: z.string(), votes_1: z.string() });
  const rows = readCsv(files["consensus.csv"] ?? "", row);
  expect(rows.map(({ label: chosen, probability }) => [chosen, Number(probability) > 0.9])).toEqual([
    ["0", true],
    ["1", true],
  ]);
  expect(files["labelers.csv"]).toMatch(
    /^labeler,images,accuracy_0,accuracy_1,accuracy_0_low,accuracy_1_low,accuracy_0_high,/,
  );
});

it.each(["crowd-kit", "huggingface", "ground-truth"] as const)(
  "%s is undefined if everybody is not sure",
  async (format) => {
    store = storeWith(["a ann unsure"]);
    expect(await readBack(store, format, { question: CATS, imagesAt: BUCKET })).toBeUndefined();
  },
);
