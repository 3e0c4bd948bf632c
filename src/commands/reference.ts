import type {
  APIMessageComponent,
  BaseInteraction,
  Message,
  MessageComponentInteraction,
  ModalMessageModalSubmitInteraction,
} from "discord.js";
import type { InteractionReference } from "../jobs/references.ts";
import { rightsOf, type HotdogAdmins } from "./rights.ts";
import { placeOf } from "./place.ts";

/**
 * What the worker needs to answer an interaction: also where it happened, and what the person may do there.
 * @throws TypeError for an interaction outside of any channel, which commands and buttons never are
 */
export function referenceTo(
  interaction: BaseInteraction,
  { admins }: { admins: HotdogAdmins },
): InteractionReference {
  const { id, applicationId, token, locale, guildId, channelId, channel } = interaction;
  if (channelId === null) throw new TypeError(`interaction ${id} has no channel`);
  const userId = interaction.user.id;
  const place = guildId === null ? undefined : placeOf(channel);
  const rights = rightsOf({ userId, guildId, permissions: interaction.memberPermissions }, admins);
  return { id, applicationId, token, locale, guildId, channelId, userId, ...(place && { place }), rights };
}

/** What the worker needs to show the result of a press in the message whose component was used. */
export function pressReferenceTo(
  interaction: MessageComponentInteraction | ModalMessageModalSubmitInteraction,
  settings: { admins: HotdogAdmins },
): { interaction: InteractionReference; messageId: string } {
  return { interaction: referenceTo(interaction, settings), messageId: interaction.message.id };
}

/** The components of a message, in the form in which Discord sends them. */
export function componentsOf({ components }: Pick<Message, "components">): APIMessageComponent[] {
  return components.map((component) => component.toJSON() as APIMessageComponent);
}
