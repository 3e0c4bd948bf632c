import { expect, it } from "vitest";
import { readDataset } from "../../src/export/dataset.ts";
import { HOTDOG_QUESTION } from "../../src/labeling/question.ts";
import type { LabelBatch } from "../../src/project/label-file.ts";
import { seeded } from "../../src/platform/seeded.ts";

it("reading a dataset leaves the thread free for other work", async () => {
  const random = seeded(1);
  const rows = Array.from({ length: 60_000 }, (_, index) => ({
    id: String(index + 1),
    image: `${index % 15_000}`,
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
  const dataset = await readDataset({ labels: labels(), question: HOTDOG_QUESTION });
  clearInterval(counting);
  expect(dataset.consensus.images).toHaveLength(15_000);
  expect(turns).toBeGreaterThan(2);
});
