import type { Consensus } from "../../labeling/consensus.ts";
import type { Question } from "../../labeling/question.ts";
import type { DecidedImage } from "../dataset.ts";
import { formatShare, type ExportFile } from "../export-file.ts";
import { hotdogWording, projectWording, type CardWording } from "./card-wording.ts";

interface DatasetFacts extends Pick<Consensus, "alpha"> {
  question: Question;
  /** How the labels were chosen. */
  method: string;
  images: readonly DecidedImage[];
  /** Number of all answers, including changed ones. */
  answers: number;
  people: number;
  /** Number of images left out because no label is the likeliest. */
  ties: number;
  /** Number of labeled images left out because they are no longer in the set. */
  removed: number;
  /** Whether the images say how many people are not sure. */
  withUnsure: boolean;
  /** Whether the images say which of them are gold. */
  withGold: boolean;
  /** Number of answers left out because moderators have excluded their people. */
  excluded: number;
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
  const wording = facts.question.builtIn === "hotdog" ? hotdogWording(facts) : projectWording(facts);
  const text = [frontMatter(facts, wording), cardBody(facts, wording)];
  return { name: "README.md", contentType: "text/markdown", text };
}

function frontMatter({ images }: DatasetFacts, { yamlTitle }: CardWording): string {
  const size = SIZE_CATEGORIES.find(([end]) => images.length < end)?.[1] ?? "10M<n<100M";
  return `---
pretty_name: ${yamlTitle}
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

function cardBody(facts: DatasetFacts, wording: CardWording): string {
  const { question, images, answers, people, alpha, ties, removed } = facts;
  const counts = question.labels.map(() => 0);
  images.forEach(({ label }) => {
    counts[label] = (counts[label] ?? 0) + 1;
  });
  return `# ${wording.title}

| what                  | count |
| --------------------- | ----- |
| images                | ${images.length} |
${table(wording.counted.map(([name, label]) => [name.padEnd(21), String(counts[label])]))}
| answers in total      | ${answers} |
| people who answered   | ${people} |

Agreement between people, as Krippendorff's alpha (nominal): ${alpha === undefined ? "cannot be computed, because no image has answers from two people, or all answers are the same" : formatShare(alpha)}.
1 is perfect agreement, 0 is agreement by chance.

Left out: ${ties} labeled images for which ${wording.tie}, and ${removed} that are no longer in the image set.
${excludedNote(facts)}
## How the labels were made

${wording.method}
${goldNote(facts)}
## Columns

| column        | meaning                                                                                     |
| ------------- | ------------------------------------------------------------------------------------------- |
${table(columns(wording, facts).map(([name, meaning]) => [`\`${name}\``.padEnd(13), meaning.padEnd(91)]))}

\`\`\`python
from datasets import load_dataset

images = load_dataset("imagefolder", data_dir="FOLDER_OF_THIS_FILE", split="train")
\`\`\`

## License

This card names no license, because the images belong to different people. Before you publish this dataset, find out what they
allow, and add \`license:\` to the front matter of this file.
`;
}

function excludedNote({ excluded }: DatasetFacts): string {
  return excluded > 0
    ? `Also left out: ${excluded} answers of people whose answers do not count, by decision of moderators.\n`
    : "";
}

function goldNote({ withGold }: DatasetFacts): string {
  return withGold
    ? "\nModerators know the labels of gold images, and these labels are theirs. To a gold image, a person's first answer counts.\n"
    : "";
}

function columns(
  wording: CardWording,
  { withUnsure, withGold }: DatasetFacts,
): (readonly [name: string, meaning: string])[] {
  return [
    ["image", "the picture (`file_name` in `train/metadata.jsonl`)"],
    ...wording.columns,
    ...(withUnsure ? [["unsure", "number of people who answered that they are not sure"] as const] : []),
    ["settled", wording.settled],
    ...(withGold ? [["gold", "whether the label is known from moderators"] as const] : []),
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
