import type { Subcommand } from "../command.ts";
import { subcommandMetadata } from "../metadata.ts";
import { referenceTo } from "../reference.ts";
import { forManagers } from "./managers.ts";

/** Shows the settings of the channel's project. Only the worker knows them, so a button below them opens the form. */
export const edit = {
  data: subcommandMetadata((texts) => texts.project.command.edit),
  execute: (interaction, settings) =>
    forManagers(interaction, () => ({
      job: { kind: "project-settings", interaction: referenceTo(interaction, settings) },
      visibility: "private",
    })),
} satisfies Subcommand;
