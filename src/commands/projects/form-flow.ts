import type { ButtonInteraction, ModalSubmitInteraction } from "discord.js";
import { problemsOf, readForm, type ProjectForm } from "../../jobs/project-form.ts";
import { attachedFiles, type AttachedFile } from "../../jobs/references.ts";
import { parseSettings } from "../../jobs/settings-text.ts";
import { UPLOADERS } from "../../labeling/project-settings.ts";
import { DEFAULT_SETTLE_AT, SETTLE_THRESHOLDS } from "../../labeling/settle-thresholds.ts";
import { textsFor } from "../../texts/texts.ts";
import type { CommandSettings, Outcome } from "../command.ts";
import { componentsOf, referenceTo } from "../reference.ts";
import { refuseForm } from "./form-refusal.ts";
import { forManagers } from "./managers.ts";
import { INPUTS, projectModal } from "./modal.ts";

/** Opens the form of a project, filled from the message with the pressed button. @param project null to create one */
export function openFilledForm(interaction: ButtonInteraction, project: string | null): Outcome {
  const { locale, message } = interaction;
  return forManagers(interaction, () => {
    const filled = parseSettings(componentsOf(message));
    return filled === undefined
      ? { refusal: textsFor(locale).project.unreadable }
      : { modal: projectModal(project, locale, filled) };
  });
}

/** Creates or changes a project as the submitted form says. @param project null to create one */
export function submitForm(
  interaction: ModalSubmitInteraction,
  project: string | null,
  settings: CommandSettings,
): Outcome {
  return forManagers(interaction, () => {
    const form = formIn(interaction);
    const files = project === null ? filesIn(interaction) : [];
    const problems = problemsOf(form);
    const t = textsFor(interaction.locale);
    if (problems.length > 0)
      return { refusal: refuseForm({ form, problems, project, hadFiles: files.length > 0 }, t) };
    const reference = referenceTo(interaction, settings);
    if (project === null) return { job: { kind: "create-project", interaction: reference, form, files } };
    const messageId = interaction.message?.id;
    return messageId === undefined
      ? { refusal: t.project.unreadable }
      : {
          job: { kind: "edit-project", interaction: reference, project, form, messageId },
        };
  });
}

function filesIn({ fields }: ModalSubmitInteraction): AttachedFile[] {
  return attachedFiles(fields.getUploadedFiles(INPUTS.images)?.values() ?? []);
}

function formIn({ fields }: ModalSubmitInteraction): ProjectForm {
  const uploads = fields.getRadioGroup(INPUTS.uploads);
  // The form of a new project has no room for it.
  const settleAt = fields.fields.has(INPUTS.settleAt) && Number(fields.getRadioGroup(INPUTS.settleAt));
  return readForm({
    question: fields.getTextInputValue(INPUTS.question),
    labels: fields.getTextInputValue(INPUTS.labels),
    offersUnsure: fields.getCheckbox(INPUTS.unsure),
    uploads: UPLOADERS.find((one) => one === uploads) ?? "everyone",
    settleAt: SETTLE_THRESHOLDS.find((one) => one === settleAt) ?? DEFAULT_SETTLE_AT,
  });
}
