import type {
  APIApplicationCommandInteractionMetadata,
  APIMessage,
  APIMessageComponentInteractionMetadata,
  APIMessageInteractionMetadata,
} from "discord-api-types/v10";
import {
  ApplicationCommandType,
  InteractionType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from "discord-api-types/v10";
import { unknownMessage } from "../errors.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import type { World } from "../state/world.ts";
import type { MessageBody } from "./create.ts";
import { createMessage } from "./create.ts";
import { editMessage } from "./edit.ts";
import { hasFlag } from "./message-rules.ts";
import type { Upload } from "./upload.ts";

/** Creates the first answer (callback type 4), which becomes `@original`. */
export function reply(
  discord: Discord,
  interaction: Interaction,
  body: MessageBody,
  files: Upload[],
): APIMessage {
  const message = addAnswer(discord, interaction, body, files);
  interaction.originalId = message.id;
  return message;
}

/** Creates the placeholder of a deferred answer (callback type 5), shown as "thinking…" until it is edited. */
export function deferReply(discord: Discord, interaction: Interaction, body: MessageBody): APIMessage {
  const flags = (body.flags ?? 0) & MessageFlags.Ephemeral;
  const message = addAnswer(discord, interaction, { flags }, [], { flags: MessageFlags.Loading });
  interaction.originalId = message.id;
  return message;
}

/**
 * Edits `@original` or a follow-up.
 * @throws DiscordError 10008 for a message of another interaction
 */
export function editAnswer(
  discord: Discord,
  interaction: Interaction,
  { id, body, files }: { id: string; body: MessageBody; files: Upload[] },
): APIMessage {
  const message = editMessage(discord, findAnswer(discord, interaction, id), body, files);
  if (!interaction.answerIds.includes(message.id)) interaction.answerIds.push(message.id);
  return message;
}

/**
 * Creates a follow-up. The first one after a deferred answer fills the placeholder, and is ephemeral if the placeholder is.
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
 */
export function followUp(
  discord: Discord,
  interaction: Interaction,
  body: MessageBody,
  files: Upload[],
): APIMessage {
  const original = originalOf(discord, interaction);
  if (original && hasFlag(original, MessageFlags.Loading)) return editMessage(discord, original, body, files);
  return addAnswer(discord, interaction, body, files, original ? replyTo(discord, original) : {});
}

/**
 * Returns `@original`, a follow-up, or the message whose component was used.
 * @throws DiscordError 10008 for a message of another interaction
 */
export function findAnswer(discord: Discord, interaction: Interaction, id: string): APIMessage {
  const messageId = id === "@original" ? interaction.originalId : id;
  const { originalId, sourceMessageId, answerIds } = interaction;
  const own =
    messageId === originalId || messageId === sourceMessageId || answerIds.includes(messageId ?? "");
  if (!messageId || !own) throw unknownMessage();
  return discord.messages.get(messageId).message;
}

function originalOf(discord: Discord, { originalId }: Interaction): APIMessage | undefined {
  return originalId ? discord.messages.find(originalId)?.message : undefined;
}

function addAnswer(
  discord: Discord,
  interaction: Interaction,
  body: MessageBody,
  files: Upload[],
  more: Partial<APIMessage> = {},
): APIMessage {
  const ephemeral = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const message = createMessage(discord, {
    author: discord.world.bot,
    channelId: interaction.channelId,
    body,
    files,
    viewer: ephemeral ? interaction.user.id : null,
    more: { ...origin(discord, interaction), ...more },
  });
  interaction.answerIds.push(message.id);
  return message;
}

/** Returns the fields that say which interaction a message answers. First answers also have the older `interaction` field. */
function origin(discord: Discord, interaction: Interaction): Partial<APIMessage> {
  const { applicationId } = discord.world;
  const { id, type, user, sourceMessageId, originalId } = interaction;
  const { command, targetId } = interaction.openedBy ?? interaction;
  const source = discord.messages.find(sourceMessageId ?? targetId ?? "")?.message;
  return {
    ...(source ? replyTo(discord, source) : {}),
    type: command ? answerTypes[command.type] : MessageType.Reply,
    webhook_id: applicationId,
    application_id: applicationId,
    interaction_metadata: metadata(discord, interaction),
    ...(command && !originalId ? { interaction: { id, type, name: command.name, user } } : {}),
  };
}

const answerTypes = {
  [ApplicationCommandType.ChatInput]: MessageType.ChatInputCommand,
  [ApplicationCommandType.User]: MessageType.ContextMenuCommand,
  [ApplicationCommandType.Message]: MessageType.ContextMenuCommand,
  [ApplicationCommandType.PrimaryEntryPoint]: MessageType.ChatInputCommand,
};

/** @see https://discord.com/developers/docs/resources/message#message-interaction-metadata-object */
function metadata(discord: Discord, interaction: Interaction): APIMessageInteractionMetadata {
  const { openedBy } = interaction;
  if (!openedBy) return triggerMetadata(discord, interaction);
  return {
    ...commonMetadata(discord, interaction),
    type: InteractionType.ModalSubmit,
    triggering_interaction_metadata: triggerMetadata(discord, openedBy),
  };
}

function commonMetadata({ world }: Discord, { id, user, channelId, originalId }: Interaction) {
  return {
    id,
    user,
    authorizing_integration_owners: integrationOwners(world, channelId),
    ...(originalId ? { original_response_message_id: originalId } : {}),
  };
}

/** Returns the metadata of a command or of the press of a component. */
function triggerMetadata(
  discord: Discord,
  interaction: Interaction,
): APIApplicationCommandInteractionMetadata | APIMessageComponentInteractionMetadata {
  const { sourceMessageId, targetId, targetUser } = interaction;
  const common = commonMetadata(discord, interaction);
  if (sourceMessageId) {
    return { ...common, type: InteractionType.MessageComponent, interacted_message_id: sourceMessageId };
  }
  const target = {
    ...(targetId ? { target_message_id: targetId } : {}),
    ...(targetUser ? { target_user: targetUser } : {}),
  };
  return { ...common, type: InteractionType.ApplicationCommand, ...target };
}

/** Returns the owners of the app's installation: the guild, or "0" in direct messages with the bot. */
export function integrationOwners(world: World, channelId: string): { "0": string } {
  return { "0": guildOf(world, channelId)?.id ?? "0" };
}

/** Returns the fields that make a message a reply. `referenced_message` decides whom the reply pings, and is not stored. */
export function replyTo({ world }: Discord, message: APIMessage): Partial<APIMessage> {
  const guild = guildOf(world, message.channel_id);
  return {
    type: MessageType.Reply,
    message_reference: {
      type: MessageReferenceType.Default,
      message_id: message.id,
      channel_id: message.channel_id,
      ...(guild ? { guild_id: guild.id } : {}),
    },
    referenced_message: message,
  };
}
