import type { Subcommand } from "../command.ts";
import { subcommandMetadata } from "../metadata.ts";
import { managersJob } from "./managers.ts";

/** Shows the settings of the channel's project. Only the worker knows them, so a button below them opens the form. */
export const edit: Subcommand = {
  data: subcommandMetadata((texts) => texts.project.command.edit),
  execute: managersJob("project-settings"),
};
