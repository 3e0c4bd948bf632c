import { textsFor } from "../../texts/texts.ts";
import type { Subcommand } from "../command.ts";
import { subcommandMetadata } from "../metadata.ts";
import { placeOf } from "../place.ts";
import { projectModal } from "./modal.ts";
import { forManagers } from "./managers.ts";

/** Opens the form of a new project, except in a private thread, where the worker would refuse the filled form. */
export const create = {
  data: subcommandMetadata((texts) => texts.project.command.create),
  execute: (interaction) =>
    forManagers(interaction, () =>
      placeOf(interaction.channel)?.thread === "private"
        ? { refusal: textsFor(interaction.locale).place.createInThread }
        : { modal: projectModal(null, interaction.locale) },
    ),
} satisfies Subcommand;
