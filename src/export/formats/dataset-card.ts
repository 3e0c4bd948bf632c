import type { DecidedImage } from "../dataset.ts";
import { formatShare, type ExportFile } from "../export-file.ts";

/** The facts that the card reports. */
interface DatasetFacts {
  images: readonly DecidedImage[];
  /** Number of all answers, including changed ones. */
  answers: number;
  people: number;
  /** Krippendorff's alpha, or undefined if it cannot be computed. */
  alpha: number | undefined;
  /** Number of images left out because both labels are equally likely. */
  ties: number;
  /** Number of images left out because they have been removed from the set. */
  removed: number;
}

/** Hugging Face's size categories with their exclusive upper bounds. */
const SIZE_CATEGORIES = [
  [1_000, "n<1K"],
  [10_000, "1K<n<10K"],
  [100_000, "10K<n<100K"],
  [1_000_000, "100K<n<1M"],
  [10_000_000, "1M<n<10M"],
] as const;

/**
 * Makes README.md with the YAML front matter that Hugging Face reads. It names no license, which is up to the owner of the images.
 * @see https://huggingface.co/docs/hub/datasets-cards
 */
export function datasetCard(facts: DatasetFacts): ExportFile {
  return { name: "README.md", contentType: "text/markdown", text: [frontMatter(facts), cardBody(facts)] };
}

function frontMatter({ images }: DatasetFacts): string {
  const size = SIZE_CATEGORIES.find(([end]) => images.length < end)?.[1] ?? "10M<n<100M";
  return `---
pretty_name: Hot dog or not
task_categories:
  - image-classification
annotations_creators:
  - crowdsourced
size_categories:
  - ${size}
tags:
  - image
---

`;
}

function cardBody({ images, answers, people, alpha, ties, removed }: DatasetFacts): string {
  const hotDogs = images.filter(({ label }) => label === 1).length;
  return `# Hot dog or not

| what                  | count |
| --------------------- | ----- |
| images                | ${images.length} |
| of them hot dogs (1)  | ${hotDogs} |
| of them others (0)    | ${images.length - hotDogs} |
| answers, all in all   | ${answers} |
| people who gave them  | ${people} |

Agreement between the people, Krippendorff's alpha (nominal): ${alpha === undefined ? "cannot be told, for too few images have answers of several people" : formatShare(alpha)}.
1 is perfect agreement, 0 as much as by chance.

Left out: ${ties} labelled images of which neither label is likelier, and ${removed} that were taken out of the image set.

## How the labels were made

Members of chat servers on Discord were shown the images four at a time, without seeing what others had said, and pressed one
of two buttons: 0, not a hot dog, or 1, a hot dog. Of each person the last answer to an image counts. \`label\` is what they
say together: two-coin Dawid–Skene (Dawid and Skene 1979; Raykar et al. 2010), which weighs each person's answers by how they
answer hot dogs and other things, both estimated together, with a small prior that everybody is mostly right.

## Columns

| column        | what                                                        |
| ------------- | ----------------------------------------------------------- |
| \`image\`       | the picture (\`file_name\` in \`train/metadata.jsonl\`)          |
| \`label\`       | 0: not a hot dog. 1: a hot dog                              |
| \`probability\` | that it is a hot dog, from 0 to 1                           |
| \`votes_0\`     | people who said 0                                           |
| \`votes_1\`     | people who said 1                                           |
| \`settled\`     | whether one label is 2 votes ahead, or there are 7 votes     |

\`\`\`python
from datasets import load_dataset

images = load_dataset("imagefolder", data_dir="FOLDER_OF_THIS_FILE", split="train")
\`\`\`

## Licence

None is given here: the images are those of whoever added them. Before you publish this, find out what they allow, and add
\`license:\` to the head of this file.
`;
}
