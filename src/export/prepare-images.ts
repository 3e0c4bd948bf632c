import { datasetCard } from "./formats/dataset-card.ts";
import { isDecided, type DecidedImage } from "./formats/dataset.ts";
import { groundTruthFile } from "./formats/ground-truth.ts";
import { metadataFile, placeOf } from "./formats/hugging-face.ts";
import { labelingInterfaceFile, tasksFile } from "./formats/label-studio.ts";
import type { PreparedExport } from "./prepared-export.ts";
import { countsOf, type Answers } from "./read-answers.ts";

/** Of each image of the set the bytes that it takes, by its name. */
type Sizes = ReadonlyMap<string, number>;

export function prepareTasks(read: Answers, sizes: Sizes, imagesAt: string): PreparedExport | undefined {
  if (sizes.size === 0) return undefined;
  const labelled = read.dataset.consensus.images;
  const there = labelled.filter(({ image }) => sizes.has(image));
  const removed = labelled.length - there.length;
  return {
    images: [],
    files: () => [tasksFile([...sizes.keys()], read.dataset, imagesAt), labelingInterfaceFile],
    counts: () => countsOf(read, there, { images: sizes.size, removed, ties: 0 }),
  };
}

export function prepareManifest(read: Answers, sizes: Sizes, imagesAt: string): PreparedExport | undefined {
  const { decided, removed, ties } = decidedIn(read, sizes);
  if (decided.length === 0) return undefined;
  return {
    images: [],
    files: () => [groundTruthFile(decided, read.dataset, imagesAt)],
    counts: () => countsOf(read, decided, { images: decided.length, removed, ties }),
  };
}

export function prepareFolder(read: Answers, sizes: Sizes): PreparedExport | undefined {
  const { decided, removed, ties } = decidedIn(read, sizes);
  if (decided.length === 0) return undefined;
  let there = decided;
  const { alpha, people } = read.dataset.consensus;
  return {
    images: decided.map(({ image }) => ({ image, name: placeOf(image), bytes: sizes.get(image) ?? 0 })),
    files(gone) {
      there = decided.filter(({ image }) => !gone.has(image));
      const { answers } = read;
      const facts = {
        images: there,
        answers,
        people: people.length,
        alpha,
        ties,
        removed: removed + decided.length - there.length,
      };
      return [metadataFile(there), datasetCard(facts)];
    },
    counts: () =>
      countsOf(read, there, {
        images: there.length,
        removed: removed + decided.length - there.length,
        ties,
      }),
  };
}

/** The labelled images of the set of which people say the one or the other. */
function decidedIn(
  { dataset }: Answers,
  sizes: Sizes,
): { decided: DecidedImage[]; removed: number; ties: number } {
  const labelled = dataset.consensus.images;
  const there = labelled.filter(({ image }) => sizes.has(image));
  const decided = there.filter(isDecided);
  return { decided, removed: labelled.length - there.length, ties: there.length - decided.length };
}
