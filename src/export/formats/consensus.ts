import type { Consensus, ImageConsensus, Labeler } from "../../labeling/consensus.ts";
import { countExport, exportedProbability, hasUnsure, readDataset } from "../dataset.ts";
import type { Question } from "../../labeling/question.ts";
import { csvFile, formatShare, type ExportFile } from "../export-file.ts";
import type { Format } from "../format.ts";
import { questionFiles } from "../question-file.ts";

/** One table of the labeled images and one of the people. */
export const prepareConsensus: Format = async ({ labels, question }) => {
  const dataset = await readDataset({ labels, question });
  const { consensus } = dataset;
  if (consensus.images.length === 0) return undefined;
  return {
    images: [],
    files: () => [
      consensusFile(consensus, question),
      labelersFile(consensus, question),
      ...questionFiles(question),
    ],
    counts: () => countExport(dataset, consensus.images),
  };
};

/** One row per labeled image; `label` and `majority` are a label or tie. */
function consensusFile(consensus: Consensus, question: Question): ExportFile {
  const values = {
    image: ({ image }: ImageConsensus) => image,
    label: ({ label }: ImageConsensus) => String(label),
    probability: (image: ImageConsensus) => formatShare(exportedProbability(image, question)),
    ...perLabel(question, "votes", ({ votes }: ImageConsensus, label) => String(votes[label])),
    ...(hasUnsure(consensus, question) && { unsure: ({ unsure }: ImageConsensus) => String(unsure) }),
    majority: ({ majority }: ImageConsensus) => String(majority),
    settled: ({ settled }: ImageConsensus) => String(settled),
  };
  return tableFile("consensus.csv", values, consensus.images);
}

/** One row per person. */
function labelersFile(consensus: Consensus, question: Question): ExportFile {
  const values = {
    labeler: ({ labeler }: Labeler) => labeler,
    images: ({ images }: Labeler) => String(images),
    ...(hasUnsure(consensus, question) && { unsure: ({ unsure }: Labeler) => String(unsure) }),
    ...(question.builtIn === "hotdog"
      ? {
          sensitivity: (person: Labeler) => accuracy(person, 1),
          specificity: (person: Labeler) => accuracy(person, 0),
        }
      : perLabel(question, "accuracy", accuracy)),
  };
  return tableFile("labelers.csv", values, consensus.people);
}

function accuracy({ accuracies }: Labeler, label: number): string {
  return formatShare(accuracies[label] ?? 0);
}

/** A column for each label, such as votes_0 and votes_1. */
function perLabel<Item>(
  { labels }: Question,
  name: string,
  value: (item: Item, label: number) => string,
): Record<string, (item: Item) => string> {
  return Object.fromEntries(labels.map((_, label) => [`${name}_${label}`, (item) => value(item, label)]));
}

/** @param values how each column gets its value, in their order */
function tableFile<Item>(
  name: string,
  values: Readonly<Record<string, (item: Item) => string>>,
  items: readonly Item[],
): ExportFile {
  const columns = Object.entries(values);
  const rows = items
    .values()
    .map((item) => Object.fromEntries(columns.map(([column, value]) => [column, value(item)])));
  return csvFile(name, Object.keys(values), rows);
}
