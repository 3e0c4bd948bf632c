import type { Consensus, Labeler } from "../../labeling/consensus.ts";
import { countExport, readDataset } from "../dataset.ts";
import { csvFile, formatShare, type ExportFile } from "../export-file.ts";
import type { Format } from "../format.ts";

/** One table of the labeled images and one of the people. */
export const prepareConsensus: Format = async ({ labels }) => {
  const dataset = await readDataset(labels);
  const { images, people } = dataset.consensus;
  if (images.length === 0) return undefined;
  return {
    images: [],
    files: () => [consensusFile(images), labelersFile(people)],
    counts: () => countExport(dataset, images),
  };
};

/** One row per labeled image; `label` and `majority` are 0, 1 or tie. */
function consensusFile(images: Consensus["images"]): ExportFile {
  const columns = ["image", "label", "probability", "votes_0", "votes_1", "majority", "settled"] as const;
  const rows = images.values().map(({ image, label, probability, votes, majority, settled }) => ({
    image,
    label: String(label),
    probability: formatShare(probability),
    votes_0: String(votes[0]),
    votes_1: String(votes[1]),
    majority: String(majority),
    settled: String(settled),
  }));
  return csvFile("consensus.csv", columns, rows);
}

/** One row per person. */
function labelersFile(people: readonly Labeler[]): ExportFile {
  const columns = ["labeler", "images", "sensitivity", "specificity"] as const;
  const rows = people.values().map(({ labeler, images, sensitivity, specificity }) => ({
    labeler,
    images: String(images),
    sensitivity: formatShare(sensitivity),
    specificity: formatShare(specificity),
  }));
  return csvFile("labelers.csv", columns, rows);
}
