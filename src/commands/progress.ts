import type { SlashCommand } from "./command.ts";
import { metadata, WITH_THE_BOT } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

export const progress = {
  data: { ...metadata((texts) => texts.progress.command), ...WITH_THE_BOT },

  execute(interaction, settings) {
    return {
      job: { kind: "progress", interaction: referenceTo(interaction, settings) },
    };
  },
} satisfies SlashCommand;
