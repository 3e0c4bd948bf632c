import { UNSURE, type Question } from "../../labeling/question.ts";
import { snowflakeTime } from "../../platform/snowflake.ts";
import {
  confidence,
  countVotesOnly,
  findDecided,
  readDataset,
  type Dataset,
  type DecidedImage,
  type PersonAnswer,
} from "../dataset.ts";
import { escapeXml, formatShare, imageAddress, type ExportFile } from "../export-file.ts";
import { describeModel, methodFile } from "../describe-model.ts";
import type { Format } from "../format.ts";

/** A manifest of the decided images of the set, and the categories. @throws TypeError if `imagesAt` is not on S3 */
export const prepareGroundTruth: Format = async ({
  labels,
  question,
  trust,
  images,
  imagesAt,
  onProgress,
}) => {
  if (!isOnS3(imagesAt)) throw new TypeError("a ground-truth manifest names images on S3");
  const dataset = await readDataset({ labels, question, trust, onProgress });
  const { decided, removed, ties } = findDecided(dataset, await images.sizes());
  if (decided.length === 0) return undefined;
  const names = namesOf(question);
  return {
    images: [],
    files: () => [
      manifestFile(decided, dataset, { names, imagesAt }),
      methodFile(dataset.model),
      ...categoryFiles(question),
    ],
    method: describeModel(dataset.model),
    counts: () => countVotesOnly(dataset, decided, { removed, ties }),
  };
};

/** SageMaker Ground Truth reads images only from S3. */
export function isOnS3(imagesAt: string | undefined): imagesAt is string {
  return imagesAt?.startsWith("s3://") ?? false;
}

interface ManifestNames {
  /** The name of the label attribute, of the job, and of the manifest. */
  attribute: string;
  classNames: readonly string[];
}

const HOTDOG_NAMES: ManifestNames = { attribute: "hotdog", classNames: ["not_hot_dog", "hot_dog"] };

function namesOf({ builtIn, labels }: Question): ManifestNames {
  return builtIn === "hotdog" ? HOTDOG_NAMES : { attribute: "label", classNames: labels };
}

/**
 * One JSON object per line and image, as SageMaker Ground Truth writes them and its training jobs read them.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html
 */
function manifestFile(
  images: readonly DecidedImage[],
  { answersTo }: Dataset,
  { names: { attribute, classNames }, imagesAt }: { names: ManifestNames; imagesAt: string },
): ExportFile {
  const lines = images.values().map((decided) => {
    const { image, label } = decided;
    const line = {
      "source-ref": imageAddress(imagesAt, image),
      [attribute]: label,
      [`${attribute}-metadata`]: {
        "class-name": classNames[label],
        confidence: Number(formatShare(confidence(decided))),
        type: "groundtruth/image-classification",
        "job-name": `labeling-job/${attribute}`,
        "human-annotated": "yes",
        "creation-date": creationDate(answersTo(image)),
      },
    };
    return `${JSON.stringify(line)}\n`;
  });
  return { name: `${attribute}.manifest`, contentType: "application/jsonl", text: lines };
}

/**
 * The label category configuration, with which Ground Truth can continue: the question is its instruction. The built-in question
 * has none, because its exports keep the files they have always had.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateLabelingJob.html, LabelCategoryConfigS3Uri
 */
function categoryFiles({ builtIn, text, labels }: Question): ExportFile[] {
  if (builtIn !== undefined) return [];
  const instruction = escapeXml(text);
  const content = {
    "document-version": "2018-11-28",
    labels: labels.map((label) => ({ label })),
    instructions: { shortInstruction: instruction, fullInstruction: instruction },
  };
  const json = `${JSON.stringify(content, undefined, 2)}\n`;
  return [{ name: "label-categories.json", contentType: "application/json", text: [json] }];
}

/** The day of the last vote, or of the last answer to a gold image without votes, in Ground Truth's format: UTC, without a time zone. The exact time would identify the press. */
function creationDate(answers: readonly PersonAnswer[]): string {
  const votes = answers.filter(({ label }) => label !== UNSURE);
  const dated = votes.length > 0 ? votes : answers;
  const last = dated.reduce((latest, { id }) => (id > latest ? id : latest), 0n);
  return snowflakeTime(String(last)).toISOString().replace(/T.*/, "T00:00:00.000000");
}
