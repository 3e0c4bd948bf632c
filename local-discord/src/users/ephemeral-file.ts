import type { APIAttachment } from "discord-api-types/v10";
import type { File } from "../messages/upload.ts";
import { storeFile } from "../messages/upload.ts";
import type { Discord } from "../state/discord.ts";

/**
 * Stores a file of a command option or modal, which Discord marks as ephemeral.
 * @see https://discord.com/developers/docs/resources/message#attachment-object
 */
export function storeEphemeralFile(discord: Discord, file: File): APIAttachment {
  const folder = `ephemeral-attachments/${discord.world.applicationId}`;
  return { ...storeFile(discord, folder, file), ephemeral: true };
}
