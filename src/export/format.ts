import type { OnProgress } from "../labeling/choose-model.ts";
import type { ExportCounts } from "../labeling/export-formats.ts";
import type { Question } from "../labeling/question.ts";
import type { Trust } from "../labeling/trust.ts";
import type { ImageSet } from "../project/image-set.ts";
import type { LabelBatch } from "../project/label-file.ts";
import type { ExportFile } from "./export-file.ts";

/** Prepares an export in one format, or resolves with undefined if there is nothing to export. */
export type Format = (source: ExportSource) => Promise<PreparedExport | undefined>;

export interface ExportSource {
  question: Question;
  /** All parts of the label file, in order. */
  labels: AsyncIterable<LabelBatch>;
  /** Gold answers, and people whose answers do not count. */
  trust: Trust;
  images: Pick<ImageSet, "sizes">;
  /** The address of the folder of images, for formats that refer to images by address. */
  imagesAt: string | undefined;
  /** Called while the model of the labels is chosen, which takes longest. May throw to stop. */
  onProgress?: OnProgress | undefined;
}

export interface PreparedExport {
  /** The images that the export contains. */
  images: readonly ExportImage[];
  /**
   * Makes all other files. Call it after copying the images.
   * @param missing images that could not be copied because they have been removed from the set in the meantime
   */
  files: (missing: ReadonlySet<string>) => ExportFile[];
  /** Counts what was exported. Call it after reading all files to the end. */
  counts: () => ExportCounts;
  /** Says how the labels were chosen, in a few English sentences. Absent if the format only repeats answers. */
  method?: string;
}

export interface ExportImage {
  image: string;
  /** Path within the export. */
  name: string;
  bytes: number;
}
