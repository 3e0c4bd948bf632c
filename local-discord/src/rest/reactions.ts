import type { APIMessage } from "discord-api-types/v10";
import { PermissionFlagsBits, ReactionType } from "discord-api-types/v10";
import type { Context, Hono } from "hono";
import { z } from "zod/mini";
import { missingPermissions, unknownUser } from "../errors.ts";
import { parseEmoji } from "../messages/emoji.ts";
import { addReaction, clearReactions, removeReaction } from "../messages/reactions.ts";
import type { Discord } from "../state/discord.ts";
import { findUser } from "../state/members.ts";
import { botHasPermission } from "../state/permissions.ts";
import { type Emoji, isSameEmoji } from "../state/reactions.ts";
import { assertMayModerate, messageIn } from "./messages.ts";
import { pageOf } from "./paging.ts";
import { validate } from "./validate.ts";

const DEFAULT_LIMIT = 25;

const query = z.object({
  after: z.optional(z.string().check(z.regex(/^\d{1,20}$/))),
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(100))),
  type: z.optional(z.coerce.number().check(z.int(), z.gte(0), z.lte(1))),
});

/** Burst reactions, which are the others, are not built: nobody has any. */
const NORMAL: number = ReactionType.Normal;

/** @see https://discord.com/developers/docs/resources/message#create-reaction */
export function reactionRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  const all = "/channels/:channel/messages/:id/reactions";
  const one = `${all}/:emoji`;
  const target = (c: Context): APIMessage =>
    messageIn(discord, c.req.param("channel") ?? "", c.req.param("id") ?? "");
  api.get(one, (c) => {
    const message = target(c);
    const emoji = emojiOf(c);
    const { after, limit = DEFAULT_LIMIT, type = NORMAL } = validate(query, c.req.query());
    if (!botHasPermission(world, message.channel_id, PermissionFlagsBits.ReadMessageHistory))
      throw missingPermissions();
    const found = discord.messages.get(message.id).reactions.find((other) => isSameEmoji(other.emoji, emoji));
    const users = type === NORMAL ? (found?.users ?? []) : [];
    const listed = pageOf(users, ({ id }) => id, { limit, after });
    return c.json(listed.map((user) => findUser(world, user.id) ?? user));
  });
  api.put(`${one}/@me`, (c) => {
    addReaction(discord, { message: target(c), emoji: emojiOf(c), user: world.bot });
    return c.body(null, 204);
  });
  api.delete(`${one}/:user`, (c) => {
    const message = target(c);
    const emoji = emojiOf(c);
    const asked = c.req.param("user");
    const userId = asked === "@me" ? world.bot.id : asked;
    if (userId !== world.bot.id) assertMayModerate(world, message.channel_id);
    if (!/^\d{1,20}$/.test(userId)) throw unknownUser();
    removeReaction(discord, { message, emoji, userId });
    return c.body(null, 204);
  });
  api.delete(one, (c) => {
    const message = target(c);
    assertMayModerate(world, message.channel_id);
    clearReactions(discord, message, emojiOf(c));
    return c.body(null, 204);
  });
  api.delete(all, (c) => {
    const message = target(c);
    assertMayModerate(world, message.channel_id);
    clearReactions(discord, message);
    return c.body(null, 204);
  });
}

function emojiOf(c: Context): Emoji {
  return parseEmoji(c.req.param("emoji") ?? "");
}
