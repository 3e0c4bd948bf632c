import type { DecidedImage } from "./dataset.ts";
import { share, type ExportFile } from "./export-file.ts";

/** The folder of the images: the name of their split. */
const SPLIT = "train";

/** Where an image lies in the export. */
export function placeOf(image: string): string {
  return `${SPLIT}/${image}`;
}

/**
 * What an imagefolder is told of its images: one JSON object a line beside them.
 * @see https://huggingface.co/docs/datasets/image_dataset#imagefolder
 */
export function metadataFile(images: readonly DecidedImage[]): ExportFile {
  const lines = images.values().map(({ image, label, probability, votes, settled }) => {
    const line = {
      file_name: image,
      label,
      probability: Number(share(probability)),
      votes_0: votes[0],
      votes_1: votes[1],
      settled,
    };
    return `${JSON.stringify(line)}\n`;
  });
  return { name: `${SPLIT}/metadata.jsonl`, contentType: "application/jsonl", text: lines };
}
