import { expect, it } from "vitest";
import { chooseModel } from "../../src/export/choose-model.ts";
import { countExport, readAnswersOnly, readDataset } from "../../src/export/dataset.ts";
import { chooseModelSliced } from "../../src/labeling/choose-model.ts";
import { packVotesSliced } from "../../src/labeling/packed-votes.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import { NOTHING_KNOWN } from "../../src/labeling/trust.ts";
import { runAtOnce } from "../../src/labeling/sliced.ts";
import type { LabelBatch } from "../../src/project/label-file.ts";
import { seeded } from "../../src/platform/seeded.ts";
import { plantedCrowd } from "../labeling/crowd.ts";

it("reading a dataset leaves the thread free for other work, and chooses its model in a thread", async () => {
  const random = seeded(1);
  const rows = Array.from({ length: 5_000 }, (_, index) => ({
    id: String(index + 1),
    image: `${index % 1_500}`,
    label: random() < 0.4 ? (1 as const) : (0 as const),
    labeler: `person ${index % 23}`,
    round: "7",
  }));
  let turns = 0;
  let counting: NodeJS.Timeout | undefined;
  async function* labels(): AsyncGenerator<LabelBatch> {
    yield { rows, unreadable: 0 };
    counting = setInterval(() => (turns += 1), 0);
  }
  const dataset = await readDataset({ labels: labels(), question: HOTDOG_QUESTION, trust: NOTHING_KNOWN });
  clearInterval(counting);
  expect(dataset.consensus.images).toHaveLength(1_500);
  expect(turns).toBeGreaterThan(2);
});

it("a dataset marks excluded people and gold images, and only its count has excluded answers", async () => {
  const rows = ["a ann 1", "a bob 0", "b ann 0", "a ann 0", "c bob 1", "b cyd unsure", "b bob 1"].map(
    (row, index) => {
      const [image = "", labeler = "", label] = row.split(" ");
      const answer = label === "unsure" ? ("unsure" as const) : Number(label);
      return { id: String(index + 1), image, labeler, label: answer, round: "7" };
    },
  );
  async function* labels(): AsyncGenerator<LabelBatch> {
    yield { rows, unreadable: 0 };
  }
  const trust = { gold: new Map([["a", 0] as const, ["z", 1] as const]), excluded: new Set(["bob"]) };
  for (const read of [readDataset, readAnswersOnly]) {
    const dataset = await read({ labels: labels(), question: HOTDOG_QUESTION, trust });
    expect(dataset).toMatchObject({ answers: 7, excluded: 3 });
    expect(dataset.consensus.images).toMatchObject([
      // Ann's first answer counts, and the known label is another one.
      { image: "a", votes: [0, 1], label: 0, probabilities: [1, 0], settled: true, gold: true },
      { image: "b", votes: [1, 0], voters: 1, unsure: 1, gold: false },
    ]);
    expect(dataset.answersTo("a")).toMatchObject([{ labeler: "ann", label: 1, id: 1n }]);
    expect(dataset.answersTo("c")).toEqual([]);
    expect(dataset.consensus.people).toMatchObject([
      { labeler: "ann", excluded: false, gold: { right: 0, voted: 1 } },
      { labeler: "bob", images: 3, excluded: true, gold: { right: 1, voted: 1 } },
      { labeler: "cyd", images: 1, unsure: 1, excluded: false },
    ]);
    expect(countExport(dataset, dataset.consensus.images)).toMatchObject({ answers: 3, people: 2, given: 7 });
  }
});

it("choosing a model in a thread gives what it gives in this one, and stops when its progress is refused", async () => {
  const people = Array.from({ length: 12 }, (_, person) => [0.6 + person / 40, 0.7] as const);
  const { votes } = plantedCrowd({ seed: 1, images: 700, each: 5, prevalence: 0.4, people });
  const packed = runAtOnce(packVotesSliced(votes, 2));
  expect(packed.votes.length).toBeGreaterThan(3_000);
  const inThread = await chooseModel(packed, () => {});
  expect(inThread).toEqual(runAtOnce(chooseModelSliced(packed, () => {})));
  const controller = new AbortController();
  const stopped = chooseModel(packed, () => {
    controller.abort();
    controller.signal.throwIfAborted();
  });
  await expect(stopped).rejects.toThrow("aborted");
});
