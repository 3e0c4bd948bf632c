import type { ExportCounts } from "../../labeling/export-formats.ts";

export const labelExport = {
  command: {
    name: "export",
    description: "Sends you the labels as a file",
    format: { name: "format", description: "The format of the file" },
  },
  formats: {
    labels: "every answer, as CSV",
    consensus: "one label per image, and how well each person answers, as CSV",
    "crowd-kit": "each person’s last answer to each image, as CSV",
    huggingface: "an imagefolder with a dataset card, as ZIP",
    "ground-truth": "a manifest for Amazon SageMaker",
    "label-studio": "tasks with annotations, as JSON",
  },
  done: (format: string) => `Here are the labels in the format **${format}**.`,
  counts: ({
    images,
    answers,
    given,
    people,
    removed,
    ties,
    unsure,
    excluded,
    gold = 0,
    unreadable,
  }: ExportCounts) => [
    ...(images === undefined ? [] : [`**Images:** ${images}`]),
    answers === given
      ? `**Answers:** ${given}`
      : `**Answers:** ${answers} of ${given} (each person’s last answer to each image)`,
    ...(gold > 0 ? [`**Gold images:** ${gold} (each person’s first answer to them counts)`] : []),
    ...(people === undefined ? [] : [`**People:** ${people}`]),
    ...(removed > 0 ? [`**Images left out because they were removed from the set:** ${removed}`] : []),
    ...(ties > 0 ? [`**Images left out because no label is the likeliest:** ${ties}`] : []),
    ...(unsure > 0 ? [`**Answers left out because they are “Not sure”:** ${unsure}`] : []),
    ...(excluded > 0 ? [`**Answers left out because their people are excluded:** ${excluded}`] : []),
    ...(unreadable > 0 ? [`**Rows left out because they cannot be read:** ${unreadable}`] : []),
  ],
  kept: "-# People appear under pseudonyms made for this export; nobody is named. But if few people have labeled an image, someone who watched a person label it can find that person’s rows.",
  /** @param round the command that shows images to label */
  nothing: (round: string) =>
    `There is nothing to export yet: no image in the set is labeled. Start with \`/${round}\`.`,
  /** @param options that say what to export */
  tooLarge: (options: string) =>
    `This export is too large to send here. The person who runs this bot can make it: \`npm run export -- ${options} --out DIR\`.`,
  needsS3: (options: string) =>
    `Ground Truth reads images only from S3, but this bot stores them in a folder. The person who runs it can copy them to S3 and make the export: \`npm run export -- ${options} --images-at s3://BUCKET/FOLDER --out DIR\`.`,
  notAllowed:
    "Only the people who run this bot, and members who can manage its home server, can export the labels of the hot dogs.",
};
