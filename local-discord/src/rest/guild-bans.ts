import { BanUserFromGuildRequestSchema, BulkBanUsersRequestSchema } from "discord-api-spec/zod";
import type { APIUser } from "discord-api-types/v10";
import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Context, Hono } from "hono";
import { DiscordError, nobodyBanned, unknownBan, unknownUser } from "../errors.ts";
import { assertBotMay, assertOutranks } from "../guilds/hierarchy.ts";
import { ban, unban } from "../guilds/members.ts";
import type { Discord } from "../state/discord.ts";
import type { Ban, Guild } from "../state/guild.ts";
import { findUser } from "../state/members.ts";
import { botGuild } from "./bot-guild.ts";
import { pageOf, pageQuery } from "./paging.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

const { BanMembers, ManageGuild } = PermissionFlagsBits;

const DEFAULT_LIMIT = 1_000;
const DAY_S = 24 * 60 * 60;

const query = pageQuery(1_000);

/** @see https://discord.com/developers/docs/resources/guild#get-guild-bans */
export function guildBanRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  const path = "/guilds/:guild/bans";
  /** @throws DiscordError 50013 without Ban Members */
  function banningGuild(c: Context): Guild {
    const guild = botGuild(world, c.req.param("guild") ?? "");
    assertBotMay(world, guild, BanMembers);
    return guild;
  }
  /** @throws DiscordError 10026 */
  function existing(guild: Guild, userId: string): { user: APIUser; reason: string | null } {
    const found = guild.bans.find((one) => one.userId === userId);
    const user = findUser(world, userId);
    if (!found || !user) throw unknownBan();
    return { user, reason: found.reason };
  }
  /** @throws DiscordError 10013 for an unknown user, 50013 for a member with a role that is not lower */
  function banOne(c: Context, guild: Guild, { userId, seconds }: { userId: string; seconds: number }): void {
    const user = findUser(world, userId);
    if (!user) throw unknownUser();
    assertOutranks(world, guild, userId);
    ban(discord, { guild, user }, { reason: reasonOf(c), seconds });
  }
  api.get(path, (c) => {
    const guild = banningGuild(c);
    const { limit = DEFAULT_LIMIT, after, before } = validate(query, c.req.query());
    const bans = pageOf(guild.bans, ({ userId }: Ban) => userId, { limit, after, before });
    return c.json(bans.map(({ userId }) => existing(guild, userId)));
  });
  api.get(`${path}/:user`, (c) => c.json(existing(banningGuild(c), c.req.param("user"))));
  api.put(`${path}/:user`, async (c) => {
    const guild = banningGuild(c);
    const body = validate(BanUserFromGuildRequestSchema, (await requestBody(c)).json);
    const seconds = body.delete_message_seconds ?? (body.delete_message_days ?? 0) * DAY_S;
    banOne(c, guild, { userId: c.req.param("user"), seconds });
    return c.body(null, 204);
  });
  api.delete(`${path}/:user`, (c) => {
    const guild = banningGuild(c);
    unban(discord, { guild, user: existing(guild, c.req.param("user")).user });
    return c.body(null, 204);
  });
  api.post("/guilds/:guild/bulk-ban", async (c) => {
    const guild = banningGuild(c);
    assertBotMay(world, guild, ManageGuild);
    const body = validate(BulkBanUsersRequestSchema, (await requestBody(c)).json);
    const banned: string[] = [];
    const failed: string[] = [];
    for (const userId of new Set(body.user_ids)) {
      const done = succeeds(() => banOne(c, guild, { userId, seconds: body.delete_message_seconds ?? 0 }));
      (done ? banned : failed).push(userId);
    }
    if (banned.length === 0) throw nobodyBanned();
    return c.json({ banned_users: banned, failed_users: failed });
  });
}

function succeeds(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof DiscordError) return false;
    throw error;
  }
}

/** Returns the reason that a bot gives for the audit log, which the ban keeps. */
function reasonOf(c: Context): string | null {
  const header = c.req.header("x-audit-log-reason");
  if (header === undefined) return null;
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
