import { textsFor } from "../../texts/texts.ts";
import type { SlashCommand } from "../command.ts";
import { IN_SERVERS, metadata } from "../metadata.ts";
import { close } from "./close.ts";
import { create } from "./create.ts";
import { edit } from "./edit.ts";
import { info } from "./info.ts";

const SUBCOMMANDS = [create, info, edit, close];

/** The command of a channel's project. Everyone can use it, because a permission would apply to all of its subcommands. */
export const project = {
  data: {
    ...metadata((texts) => texts.project.command),
    ...IN_SERVERS,
    options: SUBCOMMANDS.map(({ data }) => data),
  },

  execute(interaction, settings) {
    const name = interaction.options.getSubcommand();
    const subcommand = SUBCOMMANDS.find(({ data }) => data.name === name);
    return subcommand?.execute(interaction, settings) ?? { refusal: textsFor(interaction.locale).unknown };
  },
} satisfies SlashCommand;
