import type { ExportFormat } from "../labeling/export-formats.ts";
import type { ImageSet } from "../project/image-set.ts";
import type { LabelBatch } from "../project/label-file.ts";
import { consensusFile, labelersFile } from "./formats/consensus.ts";
import { crowdKitFile } from "./formats/crowd-kit.ts";
import { isOnS3, LOCAL_FILES } from "./formats/images-at.ts";
import { prepareFolder, prepareManifest, prepareTasks } from "./prepare-images.ts";
import { prepareLabels } from "./prepare-labels.ts";
import { renamePeople } from "./rename-people.ts";
import type { PreparedExport } from "./prepared-export.ts";
import { countsOf, readAnswers, type Answers } from "./read-answers.ts";

interface Options {
  format: ExportFormat;
  /** All parts of the label file, in order. */
  labels: AsyncIterable<LabelBatch>;
  /** The key of this export's pseudonyms: the same key names people the same. */
  peopleKey: string | Buffer;
  images: Pick<ImageSet, "sizes">;
  /** The address of the folder of the images, for formats that name them; for ground-truth it is on S3. */
  imagesAt: string | undefined;
}

/**
 * What the export of this store consists of: labels and pseudonyms made for this export, and nothing by which a press or a
 * round can be found again in Discord. undefined when there is nothing to export yet.
 * @throws TypeError for ground-truth without an address on S3
 */
export async function prepareExport(options: Options): Promise<PreparedExport | undefined> {
  const { format, images, imagesAt } = options;
  const labels = renamePeople(options.labels, options.peopleKey);
  if (format === "labels") return prepareLabels(labels);
  const read = await readAnswers(labels);
  if (format === "consensus" || format === "crowd-kit") return prepareTables(format, read);
  const sizes = await images.sizes();
  if (format === "label-studio") return prepareTasks(read, sizes, imagesAt ?? LOCAL_FILES);
  if (format === "huggingface") return prepareFolder(read, sizes);
  if (!isOnS3(imagesAt)) throw new TypeError("the manifest of ground-truth names images on S3");
  return prepareManifest(read, sizes, imagesAt);
}

function prepareTables(format: "consensus" | "crowd-kit", read: Answers): PreparedExport | undefined {
  const { dataset } = read;
  const { consensus } = dataset;
  if (consensus.images.length === 0) return undefined;
  return {
    images: [],
    files: () =>
      format === "consensus"
        ? [consensusFile(consensus), labelersFile(consensus.people)]
        : [crowdKitFile(dataset)],
    counts: () => countsOf(read, consensus.images, { images: consensus.images.length, removed: 0, ties: 0 }),
  };
}
