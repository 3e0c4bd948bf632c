import { snowflakeTime } from "../../platform/snowflake.ts";
import { confidenceIn, type Dataset, type DecidedImage } from "./dataset.ts";
import { share, type ExportFile } from "./export-file.ts";
import { addressIn } from "./images-at.ts";

const CLASS_NAMES = { 0: "not_hot_dog", 1: "hot_dog" } as const;

/**
 * One JSON object a line for each image, as SageMaker Ground Truth writes and its training reads. The creation date is the
 * day of the image's last answer, as its time would lead to the press.
 * @param imagesAt an address on S3
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html
 */
export function groundTruthFile(
  images: readonly DecidedImage[],
  { answersTo }: Dataset,
  imagesAt: string,
): ExportFile {
  const lines = images.values().map((image) => `${JSON.stringify(lineOf(image, answersTo, imagesAt))}\n`);
  return { name: "hotdog.manifest", contentType: "application/jsonl", text: lines };
}

function lineOf(image: DecidedImage, answersTo: Dataset["answersTo"], imagesAt: string): object {
  return {
    "source-ref": addressIn(imagesAt, image.image),
    hotdog: image.label,
    "hotdog-metadata": {
      "class-name": CLASS_NAMES[image.label],
      confidence: Number(share(confidenceIn(image))),
      type: "groundtruth/image-classification",
      "job-name": "labeling-job/hotdog",
      "human-annotated": "yes",
      "creation-date": creationDate(answersTo(image.image)),
    },
  };
}

/** Midnight of the day, written to the microsecond, in UTC but without saying so, as Ground Truth does. */
function creationDate(answers: readonly { id: bigint }[]): string {
  const last = answers.map(({ id }) => id).reduce((a, b) => (a > b ? a : b), 0n);
  return snowflakeTime(String(last)).toISOString().replace(/T.*/, "T00:00:00.000000");
}
