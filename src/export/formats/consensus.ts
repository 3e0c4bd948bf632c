import type { Consensus, Labeler } from "../../labeling/consensus.ts";
import { csvFile } from "./csv-file.ts";
import { share, type ExportFile } from "./export-file.ts";

/** One row for each image that somebody has answered; `label` and `majority` are 0, 1 or tie. */
export function consensusFile({ images }: Consensus): ExportFile {
  const columns = ["image", "label", "probability", "votes_0", "votes_1", "majority", "settled"] as const;
  const rows = images.values().map(({ image, label, probability, votes, majority, settled }) => ({
    image,
    label: String(label),
    probability: share(probability),
    votes_0: String(votes[0]),
    votes_1: String(votes[1]),
    majority: String(majority),
    settled: String(settled),
  }));
  return csvFile("consensus.csv", columns, rows);
}

/** One row for each person. */
export function labelersFile(people: readonly Labeler[]): ExportFile {
  const columns = ["labeler", "images", "sensitivity", "specificity"] as const;
  const rows = people.values().map(({ labeler, images, sensitivity, specificity }) => ({
    labeler,
    images: String(images),
    sensitivity: share(sensitivity),
    specificity: share(specificity),
  }));
  return csvFile("labelers.csv", columns, rows);
}
