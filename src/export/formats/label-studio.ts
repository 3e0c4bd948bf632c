import type { LabelModel } from "../../labeling/choose-model.ts";
import type { ImageConsensus } from "../../labeling/consensus.ts";
import { UNSURE, type Label, type Question } from "../../labeling/question.ts";
import type { Trust } from "../../labeling/trust.ts";
import {
  confidence,
  countExport,
  isDecided,
  readDataset,
  type ModeledDataset,
  type PersonAnswer,
} from "../dataset.ts";
import { escapeXml, formatShare, imageAddress } from "../export-file.ts";
import { describeModel, methodFile } from "../describe-model.ts";
import type { Format } from "../format.ts";

/**
 * Where Label Studio finds local files by default: in `images` below its LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT.
 * @see https://labelstud.io/guide/storage#Local-storage
 */
const LOCAL_FILES = "/data/local-files/?d=images/";

/** Tasks for all images of the set, labeled or not, and the labeling interface that they fit. */
export const prepareLabelStudio: Format = async ({
  labels,
  question,
  trust,
  images,
  imagesAt = LOCAL_FILES,
  onProgress,
}) => {
  const dataset = await readDataset({ labels, question, trust, onProgress });
  const sizes = await images.sizes();
  if (sizes.size === 0) return undefined;
  const labeled = dataset.consensus.images;
  const exported = labeled.filter(({ image }) => sizes.has(image));
  const removed = labeled.length - exported.length;
  return {
    images: [],
    files: () => [
      {
        name: "tasks.json",
        contentType: "application/json",
        text: taskLines([...sizes.keys()], dataset, {
          choices: choicesOf(question),
          imagesAt,
          gold: trust.gold,
        }),
      },
      { name: "labeling-interface.xml", contentType: "application/xml", text: [labelingInterface(question)] },
      methodFile(dataset.model),
    ],
    method: describeModel(dataset.model),
    counts: () => countExport(dataset, exported, { images: sizes.size, removed, ties: 0 }),
  };
};

/** The choices of the built-in question, by label. */
const HOTDOG_CHOICES = ["Not hot dog", "Hot dog"];

/** The choices by label. */
function choicesOf({ builtIn, labels }: Question): readonly string[] {
  return builtIn === "hotdog" ? HOTDOG_CHOICES : labels;
}

/** The interface in which Label Studio continues. People who are not sure press its own button, Skip. */
function labelingInterface(question: Question): string {
  const isHotdog = question.builtIn === "hotdog";
  const header = isHotdog ? "" : `  <Header value="${escapeXml(question.text)}"/>\n`;
  const choices = isHotdog ? HOTDOG_CHOICES.toReversed() : question.labels;
  return `<View>
${header}  <Image name="image" value="$image"/>
  <Choices name="choice" toName="image" choice="single">
${choices.map((choice) => `    <Choice value="${escapeXml(choice)}"/>\n`).join("")}  </Choices>
</View>
`;
}

/**
 * One task per image. Each person's answer that counts is an annotation, a skipped one if the person is not sure, and so is the
 * known label of a gold image. The consensus is a
 * prediction unless it is a tie. Annotations have no `completed_by`, because Label Studio rejects the whole import if it does not
 * know the user; without it, the importing user becomes the author. The pseudonym is in `meta`.
 * @see https://labelstud.io/guide/task_format and, for `completed_by`, https://github.com/HumanSignal/label-studio/pull/1184
 */
function* taskLines(
  images: readonly string[],
  { consensus, answersTo, model }: ModeledDataset,
  { choices, imagesAt, gold }: { choices: readonly string[]; imagesAt: string; gold: Trust["gold"] },
): Generator<string> {
  const consensusOf = new Map(consensus.images.map((image) => [image.image, image]));
  const result: MakeResult = (id, label) => {
    const value = { choices: [choices[label]] };
    return { id, from_name: "choice", to_name: "image", type: "choices", value };
  };
  let separator = "[\n";
  for (const image of images) {
    const task = {
      data: { image: imageAddress(imagesAt, image), name: image },
      annotations: [
        ...groundTruth(gold.get(image), `${image.slice(0, 32)}-gold`, result),
        ...answersTo(image).map((answer, index) =>
          annotation(answer, `${image.slice(0, 32)}-${index + 1}`, result),
        ),
      ],
      predictions: predictions(consensusOf.get(image), model.chosen.model, result),
    };
    yield `${separator}${JSON.stringify(task)}`;
    separator = ",\n";
  }
  yield "\n]\n";
}

type MakeResult = (id: string, label: Label) => object;

/** The import ignores the `meta` of an annotation, but a skipped one has no result that could have it. */
function annotation({ label, labeler }: PersonAnswer, id: string, result: MakeResult): object {
  const meta = { text: [`labeler ${labeler}`] };
  return label === UNSURE
    ? { result: [], was_cancelled: true, ground_truth: false, meta }
    : { result: [{ ...result(id, label), meta }], was_cancelled: false, ground_truth: false };
}

/** The known label of a gold image, as an annotation of nobody. */
function groundTruth(label: Label | undefined, id: string, result: MakeResult): object[] {
  if (label === undefined) return [];
  return [{ result: [result(id, label)], was_cancelled: false, ground_truth: true }];
}

function predictions(image: ImageConsensus | undefined, model: LabelModel, result: MakeResult): object[] {
  if (image === undefined || !isDecided(image)) return [];
  const score = Number(formatShare(confidence(image)));
  return [{ model_version: model, score, result: [result("consensus", image.label)] }];
}
