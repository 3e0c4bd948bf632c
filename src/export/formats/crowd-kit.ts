import { UNSURE } from "../../labeling/question.ts";
import type { Trust } from "../../labeling/trust.ts";
import { countVotesOnly, readAnswersOnly, type Dataset } from "../dataset.ts";
import { csvFile, type ExportFile } from "../export-file.ts";
import type { Format } from "../format.ts";
import { questionFiles } from "../question-file.ts";

/**
 * One table with each person's last answer to each image, or first one to a gold image, and one with the labels of gold images. As in crowd-kit, a task that somebody has skipped has no row: people
 * who are not sure are left out, and so are excluded people.
 * @see https://github.com/Toloka/crowd-kit
 */
export const prepareCrowdKit: Format = async ({ labels, question, trust }) => {
  const dataset = await readAnswersOnly({ labels, question, trust });
  const { images } = dataset.consensus;
  if (!images.some(({ voters }) => voters > 0)) return undefined;
  return {
    images: [],
    files: () => [
      crowdKitFile(dataset),
      ...(trust.gold.size > 0 ? [goldFile(trust.gold)] : []),
      ...questionFiles(question),
    ],
    counts: () => countVotesOnly(dataset, images),
  };
};

/** The known labels of gold images, with or without answers, such as crowd-kit's aggregators take as `true_labels`. */
function goldFile(gold: Trust["gold"]): ExportFile {
  const rows = [...gold].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return csvFile(
    "gold.csv",
    ["task", "label"],
    rows.map(([task, label]) => ({ task, label: String(label) })),
  );
}

function crowdKitFile({ consensus, answersTo }: Dataset): ExportFile {
  const rows = consensus.images.values().flatMap(({ image }) =>
    answersTo(image)
      .filter(({ label }) => label !== UNSURE)
      .map(({ labeler, label }) => ({ task: image, worker: labeler, label: String(label) })),
  );
  return csvFile("crowd-kit.csv", ["task", "worker", "label"], rows);
}
