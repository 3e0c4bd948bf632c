import { csvFile } from "./csv-file.ts";
import type { Dataset } from "./dataset.ts";
import type { ExportFile } from "./export-file.ts";

/**
 * The last answer of each person to each image.
 * @see https://github.com/Toloka/crowd-kit
 */
export function crowdKitFile({ consensus, answersTo }: Dataset): ExportFile {
  const rows = consensus.images
    .values()
    .flatMap(({ image }) =>
      answersTo(image).map(({ labeler, label }) => ({ task: image, worker: labeler, label: String(label) })),
    );
  return csvFile("crowd-kit.csv", ["task", "worker", "label"], rows);
}
