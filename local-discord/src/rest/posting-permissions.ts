import { PermissionFlagsBits } from "discord-api-types/v10";
import type { MessageBody } from "../messages/create.ts";
import { cannotReply, missingPermissions } from "../errors.ts";
import { botHasPermission } from "../state/permissions.ts";
import type { World } from "../state/world.ts";

const { AttachFiles, EmbedLinks, ReadMessageHistory, SendMessages, SendMessagesInThreads } =
  PermissionFlagsBits;

/**
 * Applies the bot's permissions to a new message. Without Embed Links, its embeds are removed if it has other content.
 * @throws DiscordError 50013; 160002 for a reply without Read Message History
 * @see https://discord.com/developers/docs/resources/message#create-message
 */
export function applyPermissions<Body extends MessageBody & { message_reference?: unknown }>(
  body: Body,
  { world, channelId, files }: { world: World; channelId: string; files: readonly unknown[] },
): Body {
  const may = (permission: bigint) => botHasPermission(world, channelId, permission);
  if (!may(world.threads.has(channelId) ? SendMessagesInThreads : SendMessages)) throw missingPermissions();
  if (files.length > 0 && !may(AttachFiles)) throw missingPermissions();
  if (body.message_reference && !may(ReadMessageHistory)) throw cannotReply();
  if (may(EmbedLinks) || !body.embeds?.length) return body;
  if (!body.content && !body.components?.length && files.length === 0) throw missingPermissions();
  return { ...body, embeds: [] };
}
