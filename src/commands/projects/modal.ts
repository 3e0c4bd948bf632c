import {
  ComponentType,
  TextInputStyle,
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
} from "discord.js";
import { encodeCustomId } from "../../jobs/custom-id.ts";
import { MAX_TYPED_LABELS_LENGTH, type ProjectForm } from "../../jobs/project-form.ts";
import { UPLOADERS } from "../../labeling/project-settings.ts";
import { DEFAULT_SETTLE_AT, SETTLE_THRESHOLDS } from "../../labeling/settle-thresholds.ts";
import { MAX_QUESTION_LENGTH } from "../../labeling/question.ts";
import { MAX_FILES } from "../../jobs/references.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";

type FormTexts = Texts["project"]["form"];

/** The custom ids of the modal's inputs. */
export const INPUTS = {
  question: "question",
  labels: "labels",
  unsure: "unsure",
  uploads: "uploads",
  settleAt: "settle-at",
  images: "images",
} as const;

/**
 * The modal with the form of a project.
 * @param project null to create one
 * @param filled what the form contains at first; by default it is empty
 */
export function projectModal(
  project: string | null,
  locale: string,
  filled?: ProjectForm,
): APIModalInteractionResponseCallbackData {
  const t = textsFor(locale).project.form;
  const inputs = [questionInput(filled, t), labelsInput(filled, t, project), ...choices(filled, t)];
  // A modal has at most five inputs.
  const last = project === null ? imagesInput(filled, t) : settleInput(filled, t);
  return {
    custom_id: encodeCustomId({ kind: "project-form", project }),
    title: project === null ? t.create : t.edit,
    components: [...inputs, last],
  };
}

function questionInput(filled: ProjectForm | undefined, { question }: FormTexts): APILabelComponent {
  return labeled(question, {
    type: ComponentType.TextInput,
    custom_id: INPUTS.question,
    style: TextInputStyle.Short,
    max_length: MAX_QUESTION_LENGTH,
    placeholder: question.placeholder,
    ...(filled && { value: filled.question }),
  });
}

function labelsInput(
  filled: ProjectForm | undefined,
  { labels }: FormTexts,
  project: string | null,
): APILabelComponent {
  const description = project === null ? labels.create : labels.edit;
  return labeled(
    { label: labels.label, description },
    {
      type: ComponentType.TextInput,
      custom_id: INPUTS.labels,
      style: TextInputStyle.Paragraph,
      max_length: MAX_TYPED_LABELS_LENGTH,
      placeholder: labels.placeholder,
      ...(filled && { value: filled.labels.join("\n") }),
    },
  );
}

function choices(filled: ProjectForm | undefined, { unsure, uploads }: FormTexts): APILabelComponent[] {
  const chosen = filled?.uploads ?? "everyone";
  return [
    labeled(unsure, {
      type: ComponentType.Checkbox,
      custom_id: INPUTS.unsure,
      default: filled?.offersUnsure ?? false,
    }),
    labeled(
      { label: uploads.label },
      {
        type: ComponentType.RadioGroup,
        custom_id: INPUTS.uploads,
        options: UPLOADERS.map((value) => ({ value, label: uploads[value], default: value === chosen })),
      },
    ),
  ];
}

function settleInput(filled: ProjectForm | undefined, { settleAt }: FormTexts): APILabelComponent {
  const chosen = filled?.settleAt ?? DEFAULT_SETTLE_AT;
  const { label, description, option } = settleAt;
  return labeled(
    { label, description },
    {
      type: ComponentType.RadioGroup,
      custom_id: INPUTS.settleAt,
      options: SETTLE_THRESHOLDS.map((value) => ({
        value: String(value),
        label: option(value),
        default: value === chosen,
      })),
    },
  );
}

/** A modal cannot be filled with files. */
function imagesInput(filled: ProjectForm | undefined, { images }: FormTexts): APILabelComponent {
  const description = filled === undefined ? images.description : images.again;
  return labeled(
    { label: images.label, description },
    {
      type: ComponentType.FileUpload,
      custom_id: INPUTS.images,
      min_values: 0,
      max_values: MAX_FILES,
      required: false,
    },
  );
}

function labeled(
  { label, description }: { label: string; description?: string },
  component: APIComponentInLabel,
): APILabelComponent {
  return { type: ComponentType.Label, label, ...(description && { description }), component };
}
