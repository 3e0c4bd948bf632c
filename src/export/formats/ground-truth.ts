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
  if (!isOnS3(imagesAt)) throw new TypeError("the manifest of ground-truth names images on S3");
  const dataset = await readDataset(labels);
  const { decided, removed, ties } = findDecided(dataset, await images.sizes());
  if (decided.length === 0) return undefined;
  return {
    images: [],
    files: () => [manifestFile(decided, dataset, imagesAt)],
    counts: () => countExport(dataset, decided, { images: decided.length, removed, ties }),
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
  const lines = images
    .values()
    .map((image) => `${JSON.stringify(manifestLine(image, answersTo, imagesAt))}\n`);
  return { name: "hotdog.manifest", contentType: "application/jsonl", text: lines };
}

function manifestLine(image: DecidedImage, answersTo: Dataset["answersTo"], imagesAt: string): object {
  return {
    "source-ref": imageAddress(imagesAt, image.image),
    hotdog: image.label,
    "hotdog-metadata": {
      "class-name": CLASS_NAMES[image.label],
      confidence: Number(formatShare(confidence(image))),
      type: "groundtruth/image-classification",
      "job-name": "labeling-job/hotdog",
      "human-annotated": "yes",
      "creation-date": creationDate(answersTo(image.image)),
    },
  };
}

/**
 * The day of the image's last answer; its time would identify the press. Like Ground Truth, it is in UTC to the microsecond, without
 * a time zone.
 */
function creationDate(answers: readonly { id: bigint }[]): string {
  const last = answers.map(({ id }) => id).reduce((a, b) => (a > b ? a : b), 0n);
  return snowflakeTime(String(last)).toISOString().replace(/T.*/, "T00:00:00.000000");
}
