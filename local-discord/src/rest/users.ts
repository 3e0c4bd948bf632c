import type { Hono } from "hono";
import { z } from "zod/mini";
import { invalidRecipients, unknownGuild, unknownUser } from "../errors.ts";
import { removeBot } from "../guilds/bot-membership.ts";
import { channel } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import type { Guild } from "../state/guild.ts";
import { findUser, membersOf } from "../state/members.ts";
import { permissionsOf } from "../state/permissions.ts";
import { botGuilds, people, type World } from "../state/world.ts";
import { pageOf, pageQuery } from "./paging.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

const MAX_GUILDS = 200;
const guildsQuery = pageQuery(MAX_GUILDS);
const recipient = z.object({ recipient_id: z.string() });

/** @see https://discord.com/developers/docs/resources/user */
export function userRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  api.get("/users/@me/guilds", (c) => {
    const { limit = MAX_GUILDS, after, before, with_counts } = validate(guildsQuery, c.req.query());
    const listed = pageOf(botGuilds(world), ({ id }) => id, { limit, after, before });
    return c.json(listed.map((guild) => ownGuild(world, guild, with_counts === "true")));
  });
  api.delete("/users/@me/guilds/:guild", (c) => {
    const guild = botGuilds(world).find(({ id }) => id === c.req.param("guild"));
    if (!guild) throw unknownGuild();
    removeBot(discord, guild);
    return c.body(null, 204);
  });
  api.get("/users/:user", (c) => {
    const user = findUser(world, c.req.param("user"));
    if (!user) throw unknownUser();
    return c.json({
      ...user,
      public_flags: 0,
      flags: 0,
      banner: null,
      accent_color: null,
      primary_guild: null,
    });
  });
  // The channel exists from the start, so nothing is created.
  api.post("/users/@me/channels", async (c) => {
    const { recipient_id: id } = validate(recipient, (await requestBody(c)).json);
    const person = people(world).find((user) => user.id === id);
    if (!person) throw invalidRecipients();
    return c.json(channel(world, world.directChannelIds[person.username] ?? ""));
  });
}

/** @see https://discord.com/developers/docs/resources/user#get-current-user-guilds */
function ownGuild(world: World, guild: Guild, withCounts: boolean) {
  const count = membersOf(world, guild).length;
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: false,
    permissions: String(permissionsOf(world, guild, world.bot.id)),
    features: [],
    ...(withCounts ? { approximate_member_count: count, approximate_presence_count: count } : {}),
  };
}
