/** The forms in which the labels leave, named after what reads them. */
export const EXPORT_FORMATS = [
  "labels",
  "consensus",
  "crowd-kit",
  "huggingface",
  "ground-truth",
  "label-studio",
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
