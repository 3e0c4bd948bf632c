import type { SlashCommand } from "./command.ts";
import { metadata, WITH_THE_BOT } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

/** Tells a person how well they label. */
export const me = {
  data: { ...metadata((texts) => texts.me.command), ...WITH_THE_BOT },

  execute(interaction, settings) {
    return { job: { kind: "me", interaction: referenceTo(interaction, settings) } };
  },
} satisfies SlashCommand;
