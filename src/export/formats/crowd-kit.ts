import { countExport, readDataset, type Dataset } from "../dataset.ts";
import { csvFile, type ExportFile } from "../export-file.ts";
import type { Format } from "../format.ts";

/**
 * One table with each person's last answer to each image.
 * @see https://github.com/Toloka/crowd-kit
 */
export const prepareCrowdKit: Format = async ({ labels }) => {
  const dataset = await readDataset(labels);
  const { images } = dataset.consensus;
  if (images.length === 0) return undefined;
  return {
    images: [],
    files: () => [crowdKitFile(dataset)],
    counts: () => countExport(dataset, images),
  };
};

function crowdKitFile({ consensus, answersTo }: Dataset): ExportFile {
  const rows = consensus.images
    .values()
    .flatMap(({ image }) =>
      answersTo(image).map(({ labeler, label }) => ({ task: image, worker: labeler, label: String(label) })),
    );
  return csvFile("crowd-kit.csv", ["task", "worker", "label"], rows);
}
