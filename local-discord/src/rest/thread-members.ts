import { GatewayIntentBits } from "discord-api-types/v10";
import type { Context, Hono } from "hono";
import { z } from "zod/mini";
import { missingAccess, unknownMember, wrongChannelType } from "../errors.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { member } from "../state/guild.ts";
import { membersOf } from "../state/members.ts";
import { type Thread, threadMember } from "../state/thread.ts";
import type { World } from "../state/world.ts";
import { addThreadMember, removeThreadMember } from "../threads/thread-members.ts";
import { pageOf } from "./paging.ts";
import { validate } from "./validate.ts";

const query = z.object({
  with_member: z.optional(z.enum(["true", "false"])),
  after: z.optional(z.string().check(z.regex(/^\d{1,20}$/))),
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(100))),
});

/** @see https://discord.com/developers/docs/resources/channel#join-thread */
export function threadMemberRoutes(api: Hono, discord: Discord, privilegedIntents: number): void {
  const { world } = discord;
  const path = "/channels/:channel/thread-members";

  /** @throws DiscordError 50024 for another channel */
  function threadOf(c: Context): Thread {
    const thread = world.threads.get(c.req.param("channel") ?? "");
    if (!thread) throw wrongChannelType();
    return thread;
  }
  function userId(c: Context): string {
    const id = c.req.param("user") ?? "";
    return id === "@me" ? world.bot.id : id;
  }
  api.get(path, (c) => {
    const thread = threadOf(c);
    if ((privilegedIntents & GatewayIntentBits.GuildMembers) === 0) throw missingAccess();
    const {
      with_member,
      after,
      limit = with_member === "true" ? 100 : Infinity,
    } = validate(query, c.req.query());
    // Without with_member, all are listed.
    const listed = pageOf(thread.members, ({ user_id }) => user_id, { limit, after });
    return c.json(listed.map((one) => described(world, thread, { one, whole: with_member === "true" })));
  });
  api.get(`${path}/:user`, (c) => {
    const thread = threadOf(c);
    const { with_member } = validate(query, c.req.query());
    const one = thread.members.find(({ user_id }) => user_id === userId(c));
    if (!one) throw unknownMember();
    return c.json(described(world, thread, { one, whole: with_member === "true" }));
  });
  api.put(`${path}/:user`, (c) => {
    addThreadMember(discord, { by: world.bot, thread: threadOf(c), userId: userId(c) });
    return c.body(null, 204);
  });
  api.delete(`${path}/:user`, (c) => {
    removeThreadMember(discord, { by: world.bot, thread: threadOf(c), userId: userId(c) });
    return c.body(null, 204);
  });
}

/** Returns a member of a thread, with the member of the guild if it is `whole`. */
function described(
  world: World,
  thread: Thread,
  { one, whole }: { one: Thread["members"][number]; whole: boolean },
) {
  const guild = guildOf(world, thread.id);
  const user = guild && membersOf(world, guild).find(({ id }) => id === one.user_id);
  return { ...threadMember(thread, one), ...(whole && user ? { member: member(guild, user) } : {}) };
}
