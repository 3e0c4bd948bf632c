import { ApplicationCommandOptionType } from "discord.js";
import { IMAGE_ORDERS } from "../labeling/priority.ts";
import { en } from "../texts/en.ts";
import type { Texts } from "../texts/texts.ts";
import type { SlashCommand } from "./command.ts";
import { localizedChoices, metadata, WITH_THE_BOT } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

/** Posts a round of the hot dogs, in every place. */
export const hotdog = roundCommand("hotdog");
/** Posts a round of the channel's project. */
export const round = roundCommand("round");

function roundCommand(kind: "hotdog" | "round") {
  const command = (texts: Texts) => texts[kind].command;
  return {
    data: {
      ...metadata(command),
      ...WITH_THE_BOT,
      options: [
        {
          type: ApplicationCommandOptionType.String as const,
          ...metadata((texts) => command(texts).choose),
          choices: localizedChoices(
            IMAGE_ORDERS,
            (texts, choice) => texts.hotdog.command.choose.choices[choice],
          ),
        },
      ],
    },

    execute(interaction, settings) {
      const roundLocale = interaction.guildLocale ?? interaction.locale;
      const chosen = interaction.options.getString(en[kind].command.choose.name);
      const choose = IMAGE_ORDERS.find((choice) => choice === chosen);
      const reference = referenceTo(interaction, settings);
      return {
        job: { kind, interaction: reference, roundLocale, ...(choose && { choose }) },
      };
    },
  } satisfies SlashCommand;
}
