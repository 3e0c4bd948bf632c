import type { Subcommand } from "../command.ts";
import { subcommandMetadata } from "../metadata.ts";
import { projectModal } from "./modal.ts";
import { forManagers } from "./managers.ts";

/** Opens the form of a new project. */
export const create = {
  data: subcommandMetadata((texts) => texts.project.command.create),
  execute: (interaction) =>
    forManagers(interaction, () => ({ modal: projectModal(null, interaction.locale) })),
} satisfies Subcommand;
