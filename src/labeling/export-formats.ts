/** The export formats, named after the tools that read them. */
export const EXPORT_FORMATS = [
  "labels",
  "consensus",
  "crowd-kit",
  "huggingface",
  "ground-truth",
  "label-studio",
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What an export contains and what it leaves out. */
export interface ExportCounts {
  /** Exported images, or undefined if the format has no images. */
  images: number | undefined;
  /** Exported answers: all of them, or each person's last answer to each exported image. */
  answers: number;
  /** All answers in the label file, including changed answers and answers to images that are not exported. */
  given: number;
  /** Exported people, or undefined if the format has no people. */
  people: number | undefined;
  /** Labeled images left out because they are no longer in the set. */
  removed: number;
  /** Images left out because no label is the likeliest. An equal number of votes is not enough for that. */
  ties: number;
  /** Answers to exported images left out because they are not sure, which the format cannot say. */
  unsure: number;
  /** Answers left out because moderators have excluded the people who gave them. */
  excluded: number;
  /** Exported images whose label moderators know, to which each person's first answer counts. Undefined if the format does not say. */
  gold: number | undefined;
  /** Label file rows left out because they cannot be parsed. */
  unreadable: number;
}
