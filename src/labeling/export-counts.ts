/** What is in an export, and what is not. */
export interface ExportCounts {
  /** undefined where the format knows only answers */
  images: number | undefined;
  /** Those that are in it: all, or of each person the last to each of its images. */
  answers: number;
  /** All that the label file has, changed ones and those to other images included. */
  given: number;
  /** undefined where the format knows only answers */
  people: number | undefined;
  /** Left out: labelled images that are no longer in the set. */
  removed: number;
  /** Left out: images of which neither label is likelier, which is not the same as as many votes for either. */
  ties: number;
  /** Left out: rows of the label file that are no answers. */
  unreadable: number;
}
