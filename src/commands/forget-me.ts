import { ButtonStyle, ComponentType } from "discord.js";
import { encodeCustomId } from "../jobs/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { SlashCommand } from "./command.ts";
import { metadata, WITH_THE_BOT } from "./metadata.ts";

/** Explains what would be erased. The buttons below it erase everything up to their press, and only for this person. */
export const forgetMe = {
  data: { ...metadata((texts) => texts.forgetMe.command), ...WITH_THE_BOT },

  execute({ locale, user }) {
    const t = textsFor(locale).forgetMe;
    const confirm = (label: string, images?: true) =>
      ({
        type: ComponentType.Button,
        style: ButtonStyle.Danger,
        label,
        customId: encodeCustomId({ kind: "forget", user: user.id, images }),
      }) as const;
    return { reply: t.question, buttons: [confirm(t.confirm), confirm(t.confirmWithImages, true)] };
  },
} satisfies SlashCommand;
