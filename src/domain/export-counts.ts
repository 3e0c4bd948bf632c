/** What is in an export, and what is not. */
export interface ExportCounts {
  /** undefined where the format knows only answers */
  images: number | undefined;
  /** All that were given, changed ones included. */
  answers: number;
  /** undefined where the format knows only answers */
  people: number | undefined;
  /** Left out: labelled images that are no longer in the set. */
  removed: number;
  /** Left out: images of which neither label is likelier, which is not the same as as many votes for either. */
  ties: number;
  /** Left out: rows of the label file that are no answers. */
  unreadable: number;
}
