import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type Attachment,
  type CommandInteraction,
  type FileUploadType,
} from "discord.js";
import { attachedFiles } from "../jobs/references.ts";
import { textsFor } from "../texts/texts.ts";
import type { CommandSettings, MessageCommand, Outcome, SlashCommand } from "./command.ts";
import { localizedDescription, localizedName, metadata, WITH_THE_BOT } from "./metadata.ts";
import { referenceTo } from "./reference.ts";

/** image, image2, … image10: Discord allows 10 attachments per message. */
const OPTION_NAMES = Array.from({ length: 10 }, (_, index) => `image${index === 0 ? "" : index + 1}`);

/**
 * What Discord lets people choose. Its group of images has no TIFF.
 * @see https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure
 */
const FILE_TYPES: FileUploadType[] = ["image", ".tif", ".tiff"];

/** Adds images that are attached to the command. */
export const upload = {
  data: {
    ...metadata((texts) => texts.upload.command),
    ...WITH_THE_BOT,
    options: OPTION_NAMES.map((name, index) => ({
      type: ApplicationCommandOptionType.Attachment,
      name,
      file_types: FILE_TYPES,
      ...localizedDescription(({ upload: { command } }) =>
        index === 0 ? command.image.description : command.more,
      ),
      required: index === 0,
    })),
  },

  execute(interaction, settings) {
    const attachments = OPTION_NAMES.flatMap((name) => interaction.options.getAttachment(name) ?? []);
    return uploadOf(interaction, attachments, settings);
  },
} satisfies SlashCommand;

/** Adds images that are attached to a message. */
export const addToImageSet = {
  data: {
    type: ApplicationCommandType.Message,
    ...localizedName((texts) => texts.upload.messageCommand),
    ...WITH_THE_BOT,
  },

  execute(interaction, settings) {
    return uploadOf(interaction, interaction.targetMessage.attachments.values(), settings);
  },
} satisfies MessageCommand;

function uploadOf(
  interaction: CommandInteraction,
  attachments: Iterable<Attachment>,
  settings: CommandSettings,
): Outcome {
  const files = attachedFiles(attachments);
  if (files.length === 0) return { refusal: textsFor(interaction.locale).upload.nothing };
  return {
    job: { kind: "upload", interaction: referenceTo(interaction, settings), files },
  };
}
