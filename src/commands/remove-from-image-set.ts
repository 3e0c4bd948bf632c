import { ApplicationCommandType, MessageFlags, type APIMessageComponent } from "discord.js";
import { customIdsIn, imagesOnButtons } from "../jobs/custom-id.ts";
import { textsFor } from "../texts/texts.ts";
import type { MessageCommand } from "./command.ts";
import { IN_SERVERS, localizedName } from "./metadata.ts";
import { componentsOf, referenceTo } from "./reference.ts";

/** A round has 4 images, an answer to an upload up to 10. */
const MAX_IMAGES = 10;

export const removeFromImageSet = {
  data: {
    type: ApplicationCommandType.Message,
    ...localizedName((texts) => texts.remove.messageCommand),
    ...IN_SERVERS,
  },

  execute(interaction, settings) {
    const t = textsFor(interaction.locale).remove;
    const { id, author, flags } = interaction.targetMessage;
    const sent = componentsOf(interaction.targetMessage);
    const images = imagesOnButtons(sent);
    if (author.id !== interaction.client.user.id || images.length === 0) return { refusal: t.noRound };
    const isRound = flags.has(MessageFlags.IsComponentsV2);
    return {
      job: {
        kind: "offer-removal",
        interaction: referenceTo(interaction, settings),
        images: images.slice(0, MAX_IMAGES),
        project: projectOn(sent),
        ...(!isRound && { uploadAnswerId: id }),
      },
      visibility: "private",
    };
  },
} satisfies MessageCommand;

/** The project that a message's buttons are of. One message has one project. */
function projectOn(components: readonly APIMessageComponent[]): string | null {
  const [project = null] = customIdsIn(components).flatMap((id) => ("image" in id ? [id.project] : []));
  return project;
}
