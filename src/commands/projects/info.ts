import type { Subcommand } from "../command.ts";
import { subcommandMetadata } from "../metadata.ts";
import { referenceTo } from "../reference.ts";

/** Tells everyone who asks what the channel's project is. */
export const info = {
  data: subcommandMetadata((texts) => texts.project.command.info),
  execute: (interaction, settings) => ({
    job: { kind: "project-info", interaction: referenceTo(interaction, settings) },
  }),
} satisfies Subcommand;
