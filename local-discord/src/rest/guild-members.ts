import { GatewayIntentBits, PermissionFlagsBits } from "discord-api-types/v10";
import type { APIUser } from "discord-api-types/v10";
import type { Context, Hono } from "hono";
import { z } from "zod/mini";
import { missingAccess, unknownMember } from "../errors.ts";
import { assertBotMay, assertOutranks, assignableRole } from "../guilds/hierarchy.ts";
import { changeMember, removeMember } from "../guilds/members.ts";
import type { Discord } from "../state/discord.ts";
import { type Guild, member } from "../state/guild.ts";
import { membersOf } from "../state/members.ts";
import { botGuild } from "./bot-guild.ts";
import { memberChanges, ownChanges } from "./member-body.ts";
import { pageOf, pageQuery } from "./paging.ts";
import { validate } from "./validate.ts";

const { KickMembers, ManageRoles } = PermissionFlagsBits;

const listQuery = pageQuery(1_000);
const searchQuery = z.object({
  query: z.string(),
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(1_000))),
});

/** @see https://discord.com/developers/docs/resources/guild#get-guild-member */
export function guildMemberRoutes(api: Hono, discord: Discord, privilegedIntents: number): void {
  const { world } = discord;
  const path = "/guilds/:guild/members";
  /** @throws DiscordError 10007 for a user who is no member */
  function target(c: Context): { guild: Guild; user: APIUser } {
    const guild = botGuild(world, c.req.param("guild") ?? "");
    const user = membersOf(world, guild).find(({ id }) => id === c.req.param("user"));
    if (!user) throw unknownMember();
    return { guild, user };
  }
  api.get(path, (c) => {
    const guild = botGuild(world, c.req.param("guild"));
    if ((privilegedIntents & GatewayIntentBits.GuildMembers) === 0) throw missingAccess();
    const { limit = 1, after } = validate(listQuery, c.req.query());
    const listed = pageOf(membersOf(world, guild), ({ id }) => id, { limit, after });
    return c.json(listed.map((user) => member(guild, user)));
  });
  api.get(`${path}/search`, (c) => {
    const guild = botGuild(world, c.req.param("guild"));
    const { query, limit = 1 } = validate(searchQuery, c.req.query());
    const found = membersOf(world, guild)
      .map((user) => member(guild, user))
      .filter(({ nick, user }) => namesOf(user, nick).some((name) => name.startsWith(query.toLowerCase())));
    return c.json(found.slice(0, limit));
  });
  api.get(`${path}/:user`, (c) => {
    const { guild, user } = target(c);
    return c.json(member(guild, user));
  });
  // The second path is the older one.
  for (const own of [`${path}/@me`, `${path}/@me/nick`]) {
    api.patch(own, async (c) => {
      const who = { guild: botGuild(world, c.req.param("guild") ?? ""), user: world.bot };
      changeMember(discord, who, await ownChanges(c, world, who.guild));
      return c.json(member(who.guild, who.user));
    });
  }
  api.patch(`${path}/:user`, async (c) => {
    const who = target(c);
    changeMember(discord, who, await memberChanges(c, world, who));
    return c.json(member(who.guild, who.user));
  });
  api.delete(`${path}/:user`, (c) => {
    const who = target(c);
    assertBotMay(world, who.guild, KickMembers);
    assertOutranks(world, who.guild, who.user.id);
    removeMember(discord, who);
    return c.body(null, 204);
  });
  for (const method of ["PUT", "DELETE"] as const) {
    api.on(method, `${path}/:user/roles/:role`, (c) => {
      const who = target(c);
      assertBotMay(world, who.guild, ManageRoles);
      const role = assignableRole(world, who.guild, c.req.param("role"));
      const others = who.guild.roles.filter((one) => one !== role && one.memberIds.includes(who.user.id));
      changeMember(discord, who, { roles: method === "PUT" ? [...others, role] : others });
      return c.body(null, 204);
    });
  }
}

function namesOf({ username, global_name }: APIUser, nick: string | null | undefined): string[] {
  return [username, global_name, nick].flatMap((name) => name?.toLowerCase() ?? []);
}
