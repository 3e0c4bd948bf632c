import type { DecidedImage } from "../dataset.ts";
import { formatShare, type ExportFile } from "../export-file.ts";

interface DatasetFacts {
  images: readonly DecidedImage[];
  /** Number of all answers, including changed ones. */
  answers: number;
  people: number;
  /** Krippendorff's alpha, or undefined if it cannot be computed. */
  alpha: number | undefined;
  /** Number of images left out because both labels are equally likely. */
  ties: number;
  /** Number of labeled images left out because they are no longer in the set. */
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
 * Makes README.md with the YAML front matter that Hugging Face reads. It names no license, because only the owners of the images can choose one.
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
| hot dogs (1)          | ${hotDogs} |
| other images (0)      | ${images.length - hotDogs} |
| answers in total      | ${answers} |
| people who answered   | ${people} |

Agreement between people, as Krippendorff's alpha (nominal): ${alpha === undefined ? "cannot be computed, because no image has answers from two people, or all answers are the same" : formatShare(alpha)}.
1 is perfect agreement, 0 is agreement by chance.

Left out: ${ties} labeled images for which both labels are equally likely, and ${removed} that are no longer in the image set.

## How the labels were made

Members of Discord servers saw four images at a time, without the answers of other people, and pressed one of two buttons for
each image: 0, not a hot dog, or 1, a hot dog. A person's last answer to an image counts. \`label\` combines these answers by
two-coin Dawid–Skene (Dawid and Skene 1979; Raykar et al. 2010). This method estimates together how likely each image is a hot
dog, and how often each person is right about hot dogs and about other images. A small prior assumes that people are mostly
right.

## Columns

| column        | meaning                                                                                     |
| ------------- | ------------------------------------------------------------------------------------------- |
| \`image\`       | the picture (\`file_name\` in \`train/metadata.jsonl\`)                                         |
| \`label\`       | 0: not a hot dog; 1: a hot dog                                                              |
| \`probability\` | the probability from 0 to 1 that the image is a hot dog                                     |
| \`votes_0\`     | number of people who answered 0                                                             |
| \`votes_1\`     | number of people who answered 1                                                             |
| \`settled\`     | whether the image needs no more votes: one label is 2 votes ahead, or there are 7 votes      |

\`\`\`python
from datasets import load_dataset

images = load_dataset("imagefolder", data_dir="FOLDER_OF_THIS_FILE", split="train")
\`\`\`

## License

This card names no license, because the images belong to different people. Before you publish this dataset, find out what they
allow, and add \`license:\` to the front matter of this file.
`;
}
