import { MessageCreateRequestSchema, MessageEditRequestPartialSchema } from "discord-api-spec/zod";
import type { APIMessage, RESTPostAPIChannelMessageJSONBody } from "discord-api-types/v10";
import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Hono } from "hono";
import { replyTo } from "../messages/answer.ts";
import { createMessage } from "../messages/create.ts";
import { deleteMessage } from "../messages/delete.ts";
import { editMessage } from "../messages/edit.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { botHasPermission } from "../state/permissions.ts";
import type { World } from "../state/world.ts";
import { assertCanDelete } from "../threads/thread-rules.ts";
import {
  invalidForm,
  missingPermissions,
  notInDirectMessages,
  notTheAuthor,
  unknownMessage,
} from "../errors.ts";
import { inRange, parseRange } from "./message-range.ts";
import { applyPermissions } from "./posting-permissions.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

/** Time in which a nonce is unique. Discord documents "the past few minutes". */
const NONCE_LIFETIME_MS = 5 * 60_000;

/** @see https://discord.com/developers/docs/resources/message */
export function messageRoutes(api: Hono, discord: Discord): void {
  const { world, messages } = discord;
  const get = (channelId: string, id: string) => messageIn(discord, channelId, id);
  api.get("/channels/:channel/messages", (c) => {
    const range = parseRange(c.req.query());
    if (!botHasPermission(world, c.req.param("channel"), PermissionFlagsBits.ReadMessageHistory))
      return c.json([]);
    const found = messages
      .all()
      .filter(({ message, viewer }) => message.channel_id === c.req.param("channel") && viewer === null)
      .map(({ message }) => message);
    return c.json(inRange(found, range).toReversed());
  });
  api.post("/channels/:channel/messages", async (c) => {
    const { json, files } = await requestBody(c);
    const channelId = c.req.param("channel");
    const body = applyPermissions(validate(MessageCreateRequestSchema, json), { world, channelId, files });
    const duplicate = body.enforce_nonce ? findByNonce(discord, body.nonce) : undefined;
    if (duplicate) return c.json(duplicate);
    const more = { ...reference(discord, body), ...(body.nonce ? { nonce: body.nonce } : {}) };
    return c.json(createMessage(discord, { author: world.bot, channelId, body, files, more }));
  });
  const one = "/channels/:channel/messages/:id";
  api.get(one, (c) => c.json(get(c.req.param("channel"), c.req.param("id"))));
  api.patch(one, async (c) => {
    const { json, files } = await requestBody(c);
    const message = get(c.req.param("channel"), c.req.param("id"));
    if (message.author.id !== world.bot.id) throw notTheAuthor();
    return c.json(editMessage(discord, message, validate(MessageEditRequestPartialSchema, json), files));
  });
  api.delete(one, (c) => {
    const message = get(c.req.param("channel"), c.req.param("id"));
    if (message.author.id !== world.bot.id) assertMayModerate(world, message.channel_id);
    assertCanDelete(world, world.bot.id, message.channel_id);
    deleteMessage(discord, message);
    return c.body(null, 204);
  });
}

/**
 * Checks that the bot can delete messages of others in a channel.
 * @throws DiscordError 50003 in direct messages, 50013 without Manage Messages
 */
export function assertMayModerate(world: World, channelId: string): void {
  if (!guildOf(world, channelId)) throw notInDirectMessages();
  if (!botHasPermission(world, channelId, PermissionFlagsBits.ManageMessages)) throw missingPermissions();
}

/**
 * Returns a message of the channel. Ephemeral messages are not found here, not even by the bot that sent them.
 * @throws DiscordError 10008
 */
export function messageIn({ messages }: Discord, channelId: string, id: string): APIMessage {
  const { message, viewer } = messages.get(id);
  if (message.channel_id !== channelId || viewer !== null) throw unknownMessage();
  return message;
}

function findByNonce(
  { messages, world, now }: Discord,
  nonce: string | number | undefined,
): APIMessage | undefined {
  if (nonce === undefined) return undefined;
  return messages
    .all()
    .map(({ message }) => message)
    .filter(
      ({ author, timestamp }) =>
        author.id === world.bot.id && Date.parse(timestamp) > now() - NONCE_LIFETIME_MS,
    )
    .findLast((message) => message.nonce !== undefined && String(message.nonce) === String(nonce));
}

function reference(
  discord: Discord,
  { message_reference }: Pick<RESTPostAPIChannelMessageJSONBody, "message_reference">,
): Partial<APIMessage> {
  if (!message_reference) return {};
  const to = discord.messages.find(message_reference.message_id);
  if (to && to.viewer === null) return replyTo(discord, to.message);
  if (message_reference.fail_if_not_exists === false) return {};
  throw invalidForm([
    { path: ["message_reference"], code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message" },
  ]);
}
