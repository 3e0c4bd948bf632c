import type { ExportFormat } from "../labeling/export-formats.ts";
import type { ExportSource, Format, PreparedExport } from "./format.ts";
import { prepareConsensus } from "./formats/consensus.ts";
import { prepareCrowdKit } from "./formats/crowd-kit.ts";
import { prepareGroundTruth } from "./formats/ground-truth.ts";
import { prepareHuggingFace } from "./formats/hugging-face.ts";
import { prepareLabelStudio } from "./formats/label-studio.ts";
import { prepareLabels } from "./formats/labels.ts";
import { pseudonymize, pseudonymizeTrust } from "./pseudonymize.ts";

const FORMATS: Record<ExportFormat, Format> = {
  labels: prepareLabels,
  consensus: prepareConsensus,
  "crowd-kit": prepareCrowdKit,
  huggingface: prepareHuggingFace,
  "ground-truth": prepareGroundTruth,
  "label-studio": prepareLabelStudio,
};

interface Options extends ExportSource {
  format: ExportFormat;
  /** The key of this export's pseudonyms: the same key gives the same pseudonyms. */
  peopleKey: string | Buffer;
}

/**
 * Prepares an export with new pseudonyms, and without anything that leads to a press or a round on Discord. Resolves with
 * undefined if there is nothing to export.
 * @throws TypeError for ground-truth if `imagesAt` is not on S3
 */
export async function prepareExport({
  format,
  peopleKey,
  ...source
}: Options): Promise<PreparedExport | undefined> {
  return FORMATS[format]({
    ...source,
    labels: pseudonymize(source.labels, peopleKey),
    trust: pseudonymizeTrust(source.trust, peopleKey),
  });
}
