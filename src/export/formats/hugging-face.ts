import type { Question } from "../../labeling/question.ts";
import {
  countedPeople,
  countExport,
  exportedProbability,
  findDecided,
  hasUnsure,
  marksIn,
  readDataset,
  type DecidedImage,
} from "../dataset.ts";
import { formatShare, type ExportFile } from "../export-file.ts";
import type { Format } from "../format.ts";
import { describeModel } from "../describe-model.ts";
import { datasetCard } from "./dataset-card.ts";

/** The split's name, which is also the folder of its images. */
const SPLIT = "train";

/** An imagefolder of the decided images of the set, with metadata and a dataset card. */
export const prepareHuggingFace: Format = async ({ labels, question, trust, images, onProgress }) => {
  const dataset = await readDataset({ labels, question, trust, onProgress });
  const sizes = await images.sizes();
  const { decided, removed, ties } = findDecided(dataset, sizes);
  if (decided.length === 0) return undefined;
  const { consensus, answers, excluded, model } = dataset;
  const method = describeModel(model);
  let exported = decided;
  const allRemoved = (): number => removed + decided.length - exported.length;
  return {
    images: decided.map(({ image }) => ({ image, name: `${SPLIT}/${image}`, bytes: sizes.get(image) ?? 0 })),
    files(missing) {
      exported = decided.filter(({ image }) => !missing.has(image));
      const { alpha } = consensus;
      const withUnsure = hasUnsure(consensus, question);
      const withGold = marksIn(consensus).gold;
      const counts = { answers, people: countedPeople(consensus).length, ties, removed: allRemoved() };
      return [
        metadataFile(exported, question, { withUnsure, withGold }),
        datasetCard({ question, images: exported, alpha, method, withUnsure, withGold, excluded, ...counts }),
      ];
    },
    method,
    counts: () => countExport(dataset, exported, { removed: allRemoved(), ties }),
  };
};

/**
 * The labels of an imagefolder: one JSON object per line and image.
 * @see https://huggingface.co/docs/datasets/image_dataset#imagefolder
 */
function metadataFile(
  images: readonly DecidedImage[],
  question: Question,
  { withUnsure, withGold }: { withUnsure: boolean; withGold: boolean },
): ExportFile {
  const lines = images.values().map((image) => {
    const { label, votes, unsure, settled, gold } = image;
    const line = {
      file_name: image.image,
      label,
      ...(question.builtIn === undefined && { label_name: question.labels[label] }),
      probability: Number(formatShare(exportedProbability(image, question))),
      ...Object.fromEntries(votes.map((count, of) => [`votes_${of}`, count])),
      ...(withUnsure && { unsure }),
      settled,
      ...(withGold && { gold }),
    };
    return `${JSON.stringify(line)}\n`;
  });
  return { name: `${SPLIT}/metadata.jsonl`, contentType: "application/jsonl", text: lines };
}
