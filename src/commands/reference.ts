import type { BaseInteraction } from "discord.js";
import type { InteractionReference } from "../jobs/job.ts";

/**
 * What the worker needs of an interaction in order to answer it.
 * @throws TypeError for an interaction outside any channel, which no command or button is
 */
export function referenceTo(interaction: BaseInteraction): InteractionReference {
  const { id, applicationId, token, locale, guildId, channelId, user } = interaction;
  if (channelId === null) throw new TypeError(`interaction ${id} has no channel`);
  return { id, applicationId, token, locale, guildId, channelId, userId: user.id };
}
