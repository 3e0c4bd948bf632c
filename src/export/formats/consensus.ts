import type { Consensus, ImageConsensus } from "../../labeling/consensus.ts";
import type { Labeler, Reliability } from "../../labeling/labelers.ts";
import { countExport, exportedProbability, hasUnsure, marksIn, readDataset } from "../dataset.ts";
import type { Question } from "../../labeling/question.ts";
import { describeModel, methodFile } from "../describe-model.ts";
import { csvFile, formatShare, type ExportFile } from "../export-file.ts";
import type { Format } from "../format.ts";
import { questionFiles } from "../question-file.ts";

/** One table of the labeled images, one of the people, and how the labels were chosen. */
export const prepareConsensus: Format = async ({ labels, question, trust, onProgress }) => {
  const dataset = await readDataset({ labels, question, trust, onProgress });
  const { consensus, model } = dataset;
  if (consensus.images.length === 0) return undefined;
  return {
    images: [],
    files: () => [
      consensusFile(consensus, question),
      labelersFile(consensus, question),
      methodFile(model),
      ...questionFiles(question),
    ],
    method: describeModel(model),
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
    ...(marksIn(consensus).gold && { gold: ({ gold }: ImageConsensus) => String(gold) }),
  };
  return tableFile("consensus.csv", values, consensus.images);
}

/** One row per person. */
function labelersFile(consensus: Consensus, question: Question): ExportFile {
  const marks = marksIn(consensus);
  const values = {
    labeler: ({ labeler }: Labeler) => labeler,
    images: ({ images }: Labeler) => String(images),
    ...(hasUnsure(consensus, question) && { unsure: ({ unsure }: Labeler) => String(unsure) }),
    ...reliabilityColumns(question, "", ({ share }) => formatShare(share)),
    ...reliabilityColumns(question, "_low", ({ low }) => formatShare(low)),
    ...reliabilityColumns(question, "_high", ({ high }) => formatShare(high)),
    ...reliabilityColumns(question, "_answers", ({ answers }) => answers.toFixed(1)),
    ...(marks.gold && {
      gold: ({ gold }: Labeler) => String(gold.voted),
      gold_right: ({ gold }: Labeler) => String(gold.right),
    }),
    ...(marks.excluded && { excluded: ({ excluded }: Labeler) => String(excluded) }),
  };
  return tableFile("labelers.csv", values, consensus.people);
}

/** A column for each label, such as accuracy_0_low; those of the built-in question have the names of a test's accuracies. */
function reliabilityColumns(
  question: Question,
  suffix: string,
  format: (reliability: Reliability) => string,
): Record<string, (person: Labeler) => string> {
  const value = ({ reliability }: Labeler, label: number): string => {
    const known = reliability[label];
    return known === undefined ? "" : format(known);
  };
  if (question.builtIn === "hotdog")
    return {
      [`sensitivity${suffix}`]: (person) => value(person, 1),
      [`specificity${suffix}`]: (person) => value(person, 0),
    };
  return perLabel(question, "accuracy", value, suffix);
}

/** A column for each label, such as votes_0 and votes_1. */
function perLabel<Item>(
  { labels }: Question,
  name: string,
  value: (item: Item, label: number) => string,
  suffix = "",
): Record<string, (item: Item) => string> {
  return Object.fromEntries(
    labels.map((_, label) => [`${name}_${label}${suffix}`, (item) => value(item, label)]),
  );
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
