import { ButtonStyle, ComponentType } from "discord.js";
import { encodeCustomId } from "../jobs/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { SlashCommand } from "./command.ts";
import { metadata, WITH_THE_BOT } from "./metadata.ts";

/** Explains what would be erased. The button below it erases everything up to its press, and only for this person. */
export const forgetMe = {
  data: { ...metadata((texts) => texts.forgetMe.command), ...WITH_THE_BOT },

  execute({ locale, user }) {
    const t = textsFor(locale).forgetMe;
    const customId = encodeCustomId({ kind: "forget", user: user.id });
    const confirm = {
      type: ComponentType.Button,
      style: ButtonStyle.Danger,
      label: t.confirm,
      customId,
    } as const;
    return { reply: t.question, buttons: [confirm] };
  },
} satisfies SlashCommand;
