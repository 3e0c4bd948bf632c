import type { Candidate, LabelModel, ModelChoice } from "../labeling/choose-model.ts";
import type { ExportFile } from "./export-file.ts";

const NAMES: Record<LabelModel, string> = {
  "dawid-skene": "Dawid–Skene (Dawid and Skene 1979)",
  ebcc: "EBCC (Li, Rubinstein and Cohn 2019)",
  "one-coin": "a one-coin model (Dawid and Skene 1979, with one accuracy per person)",
  ibcc: "independent BCC (Kim and Ghahramani 2012)",
};

/** What each model estimates together with the labels, as the end of a sentence. */
const ESTIMATES: Record<LabelModel, (chosen: Candidate) => string> = {
  "dawid-skene": () => "how often each person is right about the images of each label",
  ebcc: ({ subtypes }) =>
    `how often each person is right about groups of images, because people are wrong together about some of them (${subtypes.map((count, label) => `label ${label}: ${count === 1 ? "1 group" : `${count} groups`}`).join(", ")})`,
  "one-coin": () => "how often each person is right, whatever the label",
  ibcc: () => "how often each person gives each label to the images of each label",
};

/** Says which model the labels come from and why, in plain English. */
export function describeModel({ chosen, other }: ModelChoice): string {
  const gain = (chosen.evidence - other.evidence).toFixed(1);
  return `The labels come from ${NAMES[chosen.model]}. It estimates together how likely each label is and ${ESTIMATES[chosen.model](chosen)}. People are assumed to be mostly right until their answers say otherwise. It was chosen because it explains the answers better than ${NAMES[other.model]}: its evidence is ${gain} nats higher.`;
}

/** Makes method.json, which says the same to people and programs. */
export function methodFile(choice: ModelChoice): ExportFile {
  const content = {
    method: choice.chosen.model,
    description: describeModel(choice),
    // The best of each kind. Further digits would differ between machines.
    compared: [choice.chosen, choice.other].map(({ model, subtypes, evidence }) => ({
      method: model,
      groups_per_label: subtypes,
      evidence_nats: Number(evidence.toFixed(1)),
    })),
  };
  const json = `${JSON.stringify(content, undefined, 2)}\n`;
  return { name: "method.json", contentType: "application/json", text: [json] };
}
