import type { ImageConsensus } from "../../labeling/consensus.ts";
import type { Label } from "../../labeling/votes.ts";
import { confidence, countExport, isDecided, readDataset, type Dataset } from "../dataset.ts";
import { formatShare, imageAddress } from "../export-file.ts";
import type { Format } from "../format.ts";

/**
 * Where Label Studio finds local files: in `images` below its LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT.
 * @see https://labelstud.io/guide/storage#Local-storage
 */
const LOCAL_FILES = "/data/local-files/?d=images/";

const CHOICES = { 0: "Not hot dog", 1: "Hot dog" } as const;

/** Tasks for all images of the set, labeled or not, and the labeling interface that they fit. */
export const prepareLabelStudio: Format = async ({ labels, images, imagesAt = LOCAL_FILES }) => {
  const dataset = await readDataset(labels);
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
        text: taskLines([...sizes.keys()], dataset, imagesAt),
      },
      { name: "labeling-interface.xml", contentType: "application/xml", text: [LABELING_INTERFACE] },
    ],
    counts: () => countExport(dataset, exported, { images: sizes.size, removed, ties: 0 }),
  };
};

const LABELING_INTERFACE = `<View>
  <Image name="image" value="$image"/>
  <Choices name="choice" toName="image" choice="single">
    <Choice value="${CHOICES[1]}"/>
    <Choice value="${CHOICES[0]}"/>
  </Choices>
</View>
`;

/**
 * One task per image. Each person's last answer is an annotation, and the consensus is a prediction unless it is a tie. Annotations
 * have no `completed_by`, because Label Studio rejects the whole import if it does not know the user; without it, the importing user
 * becomes the author. The pseudonym is in `meta`.
 * @see https://labelstud.io/guide/task_format and, for `completed_by`, https://github.com/HumanSignal/label-studio/pull/1184
 */
function* taskLines(
  images: readonly string[],
  { consensus, answersTo }: Dataset,
  imagesAt: string,
): Generator<string> {
  const consensusOf = new Map(consensus.images.map((image) => [image.image, image]));
  let separator = "[\n";
  for (const image of images) {
    const task = {
      data: { image: imageAddress(imagesAt, image), name: image },
      annotations: answersTo(image).map(({ label, labeler }, index) => ({
        result: [
          { ...result(`${image.slice(0, 32)}-${index + 1}`, label), meta: { text: [`labeler ${labeler}`] } },
        ],
        was_cancelled: false,
        ground_truth: false,
      })),
      predictions: predictions(consensusOf.get(image)),
    };
    yield `${separator}${JSON.stringify(task)}`;
    separator = ",\n";
  }
  yield "\n]\n";
}

function predictions(image: ImageConsensus | undefined): object[] {
  if (image === undefined || !isDecided(image)) return [];
  const score = Number(formatShare(confidence(image)));
  return [{ model_version: "dawid-skene", score, result: [result("consensus", image.label)] }];
}

function result(id: string, label: Label): object {
  const value = { choices: [CHOICES[label]] };
  return { id, from_name: "choice", to_name: "image", type: "choices", value };
}
