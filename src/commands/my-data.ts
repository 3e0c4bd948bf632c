import type { SlashCommand } from "./command.ts";
import { metadata, WITH_THE_BOT } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

export const myData = {
  data: { ...metadata((texts) => texts.myData.command), ...WITH_THE_BOT },

  execute(interaction, settings) {
    return {
      job: { kind: "my-data", interaction: referenceTo(interaction, settings) },
    };
  },
} satisfies SlashCommand;
