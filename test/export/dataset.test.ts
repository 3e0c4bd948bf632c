import { expect, it } from "vitest";
import { chooseModel } from "../../src/export/choose-model.ts";
import { readDataset } from "../../src/export/dataset.ts";
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
