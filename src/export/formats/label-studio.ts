import { confidenceIn, isDecided, type Dataset, type PersonsAnswer } from "./dataset.ts";
import type { ImageConsensus } from "../../labeling/consensus.ts";
import type { Label } from "../../labeling/votes.ts";
import { share, type ExportFile } from "./export-file.ts";
import { addressIn } from "./images-at.ts";

const IMAGE_ORDERS = { 0: "Not hot dog", 1: "Hot dog" } as const;

/** The labeling interface of a project that the tasks fit into. */
const INTERFACE = `<View>
  <Image name="image" value="$image"/>
  <Choices name="choice" toName="image" choice="single">
    <ImageOrder value="${IMAGE_ORDERS[1]}"/>
    <ImageOrder value="${IMAGE_ORDERS[0]}"/>
  </Choices>
</View>
`;

export const labelingInterfaceFile: ExportFile = {
  name: "labeling-interface.xml",
  contentType: "application/xml",
  text: [INTERFACE],
};

/**
 * One task for each image, also those that nobody has answered; in it one annotation for the last answer of each person, and
 * the consensus as a prediction, unless it is a tie. The annotations name no user by `completed_by`: Label Studio refuses a
 * whole import for one whom it does not know, and takes those without for the importing user's. The pseudonym is in `meta`.
 * @see https://labelstud.io/guide/task_format and, for `completed_by`, https://github.com/HumanSignal/label-studio/pull/1184
 */
export function tasksFile(images: readonly string[], dataset: Dataset, imagesAt: string): ExportFile {
  return { name: "tasks.json", contentType: "application/json", text: tasks(images, dataset, imagesAt) };
}

function* tasks(
  images: readonly string[],
  { consensus, answersTo }: Dataset,
  imagesAt: string,
): Generator<string> {
  const found = new Map(consensus.images.map((image) => [image.image, image]));
  let before = "[\n";
  for (const image of images) {
    const task = {
      data: { image: addressIn(imagesAt, image), name: image },
      annotations: answersTo(image).map((answer, index) =>
        annotationOf(answer, `${image.slice(0, 32)}-${index + 1}`),
      ),
      predictions: predictionsOf(found.get(image)),
    };
    yield `${before}${JSON.stringify(task)}`;
    before = ",\n";
  }
  yield "\n]\n";
}

function annotationOf({ label, labeler }: PersonsAnswer, id: string): object {
  return {
    result: [{ ...resultOf(id, label), meta: { text: [`labeler ${labeler}`] } }],
    was_cancelled: false,
    ground_truth: false,
  };
}

function predictionsOf(image: ImageConsensus | undefined): object[] {
  if (image === undefined || !isDecided(image)) return [];
  return [
    {
      model_version: "dawid-skene",
      score: Number(share(confidenceIn(image))),
      result: [resultOf("consensus", image.label)],
    },
  ];
}

function resultOf(id: string, label: Label): object {
  return {
    id,
    from_name: "choice",
    to_name: "image",
    type: "choices",
    value: { choices: [IMAGE_ORDERS[label]] },
  };
}
