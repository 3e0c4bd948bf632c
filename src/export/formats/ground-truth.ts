import { snowflakeTime } from "../../platform/snowflake.ts";
import {
  confidence,
  countExport,
  findDecided,
  readDataset,
  type Dataset,
  type DecidedImage,
} from "../dataset.ts";
import { formatShare, imageAddress, type ExportFile } from "../export-file.ts";
import type { Format } from "../format.ts";

const CLASS_NAMES = { 0: "not_hot_dog", 1: "hot_dog" } as const;

/** A manifest of the decided images of the set. @throws TypeError if `imagesAt` is not on S3 */
export const prepareGroundTruth: Format = async ({ labels, images, imagesAt }) => {
  if (!isOnS3(imagesAt)) throw new TypeError("a ground-truth manifest names images on S3");
  const dataset = await readDataset(labels);
  const { decided, removed, ties } = findDecided(dataset, await images.sizes());
  if (decided.length === 0) return undefined;
  return {
    images: [],
    files: () => [manifestFile(decided, dataset, imagesAt)],
    counts: () => countExport(dataset, decided, { removed, ties }),
  };
};

/** SageMaker Ground Truth reads images only from S3. */
export function isOnS3(imagesAt: string | undefined): imagesAt is string {
  return imagesAt?.startsWith("s3://") ?? false;
}

/**
 * One JSON object per line and image, as SageMaker Ground Truth writes them and its training jobs read them.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html
 */
function manifestFile(images: readonly DecidedImage[], { answersTo }: Dataset, imagesAt: string): ExportFile {
  const lines = images.values().map((decided) => {
    const { image, label } = decided;
    const line = {
      "source-ref": imageAddress(imagesAt, image),
      hotdog: label,
      "hotdog-metadata": {
        "class-name": CLASS_NAMES[label],
        confidence: Number(formatShare(confidence(decided))),
        type: "groundtruth/image-classification",
        "job-name": "labeling-job/hotdog",
        "human-annotated": "yes",
        "creation-date": creationDate(answersTo(image)),
      },
    };
    return `${JSON.stringify(line)}\n`;
  });
  return { name: "hotdog.manifest", contentType: "application/jsonl", text: lines };
}

/** The day of the last answer in Ground Truth's format: UTC, without a time zone. The exact time would identify the press. */
function creationDate(answers: readonly { id: bigint }[]): string {
  const last = answers.reduce((latest, { id }) => (id > latest ? id : latest), 0n);
  return snowflakeTime(String(last)).toISOString().replace(/T.*/, "T00:00:00.000000");
}
