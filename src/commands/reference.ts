import type { Attachment, BaseInteraction } from "discord.js";
import { MAX_FILES, type AttachedFile, type InteractionReference } from "../jobs/references.ts";

const MAX_NAME_LENGTH = 300;

/**
 * What the worker needs to answer an interaction.
 * @throws TypeError for an interaction outside of any channel, which commands and buttons never are
 */
export function referenceTo(interaction: BaseInteraction): InteractionReference {
  const { id, applicationId, token, locale, guildId, channelId, user } = interaction;
  if (channelId === null) throw new TypeError(`interaction ${id} has no channel`);
  return { id, applicationId, token, locale, guildId, channelId, userId: user.id };
}

/** What the worker needs to download attachments. */
export function attachedFiles(attachments: Iterable<Attachment>): AttachedFile[] {
  const files = Array.from(attachments, ({ url, name }) => ({ url, name: name.slice(0, MAX_NAME_LENGTH) }));
  return files.slice(0, MAX_FILES);
}
