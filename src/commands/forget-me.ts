import {
  ButtonStyle,
  ComponentType,
  type ChatInputCommandInteraction,
  type InteractionButtonComponentData,
} from "discord.js";
import { encodeCustomId } from "../jobs/custom-id.ts";
import { en } from "../texts/en.ts";
import { fr } from "../texts/fr.ts";
import { textsFor } from "../texts/texts.ts";
import type { Outcome, SlashCommand } from "./command.ts";
import { WITH_THE_BOT } from "./places.ts";

/** Says what would be removed. The button below it does so, for this person alone, up to the moment of its press. */
export const forgetMe = {
  data: {
    name: en.forgetMe.command.name,
    name_localizations: { fr: fr.forgetMe.command.name },
    description: en.forgetMe.command.description,
    description_localizations: { fr: fr.forgetMe.command.description },
    ...WITH_THE_BOT,
  },

  read({ locale, user }: ChatInputCommandInteraction): Outcome {
    const t = textsFor(locale).forgetMe;
    const confirm: InteractionButtonComponentData = {
      type: ComponentType.Button,
      style: ButtonStyle.Danger,
      label: t.confirm,
      customId: encodeCustomId({ kind: "forget", user: user.id }),
    };
    return { reply: t.question, buttons: [confirm] };
  },
} satisfies SlashCommand;
