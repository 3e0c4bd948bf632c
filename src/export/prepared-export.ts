import type { ExportCounts } from "../labeling/export-formats.ts";
import type { ExportFile } from "./formats/export-file.ts";

/** An image that comes along. */
export interface ExportImage {
  image: string;
  /** Within the export. */
  name: string;
  bytes: number;
}

export interface PreparedExport {
  images: readonly ExportImage[];
  /** All else; made once it is known which images could not come along, since somebody has taken them out meanwhile. */
  files: (gone: ReadonlySet<string>) => ExportFile[];
  /** Final once the files have been read to their ends. */
  counts: () => ExportCounts;
}
