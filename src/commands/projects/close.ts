import type { ButtonInteraction } from "discord.js";
import { textsFor } from "../../texts/texts.ts";
import type { CommandSettings, Outcome, Subcommand } from "../command.ts";
import { subcommandMetadata } from "../metadata.ts";
import { referenceTo } from "../reference.ts";
import { forManagers, managersJob } from "./managers.ts";

/** Asks whether to close the channel's project, and offers to export its labels first. */
export const close: Subcommand = {
  data: subcommandMetadata((texts) => texts.project.command.close),
  execute: managersJob("offer-closing"),
};

/** Closes a project: the message with the pressed button says so. */
export function closeProject(
  interaction: ButtonInteraction,
  project: string,
  settings: CommandSettings,
): Outcome {
  return forManagers(interaction, () => ({
    job: { kind: "close-project", interaction: referenceTo(interaction, settings), project },
    meanwhile: textsFor(interaction.locale).project.closing,
  }));
}

/** Sends every answer of a project before it is closed. */
export function exportProject(
  interaction: ButtonInteraction,
  project: string,
  settings: CommandSettings,
): Outcome {
  return forManagers(interaction, () => {
    const { attachmentSizeLimit } = interaction;
    const reference = referenceTo(interaction, settings);
    return {
      job: { kind: "export", interaction: reference, format: "labels", project, attachmentSizeLimit },
    };
  });
}
