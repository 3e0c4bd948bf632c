import type { APIUser } from "discord-api-types/v10";
import { ChannelType, PermissionFlagsBits } from "discord-api-types/v10";
import { z } from "zod";
import type { Channel, Guild } from "./guild.ts";
import type { Journal } from "./journal.ts";
import { type NextSnowflake, snowflakeTime } from "./snowflake.ts";
import { restoreGuild } from "./stored-guilds.ts";
import type { Thread } from "./thread.ts";
import { restoreThreads } from "./threads.ts";
import { botToken } from "./tokens.ts";

const USER_NAMES = ["ketchup", "mustard", "relish"] as const;
export type UserName = (typeof USER_NAMES)[number];

const idByUserName = z.record(z.enum(USER_NAMES), z.string());
const idsSchema = z.object({
  applicationId: z.string(),
  botToken: z.string(),
  guildId: z.string(),
  moderatorRoleId: z.string(),
  channelId: z.string(),
  secondChannelId: z.string(),
  otherGuildId: z.string(),
  otherChannelId: z.string(),
  userIds: idByUserName,
  directChannelIds: idByUserName,
});
/** Journals of earlier versions lack some of the ids. */
const storedIds = idsSchema.partial();
type Ids = z.infer<typeof idsSchema>;

/**
 * One application with its bot; three people; two guilds with all of them; and the channels for direct messages of each person
 * with the bot. Ketchup owns the first guild, of which mustard is a moderator. Mustard owns the second guild. Only the guilds'
 * channels and the bot's membership change.
 */
export interface World {
  /** Origin of the URLs of attachments and avatars. */
  cdn: string;
  applicationId: string;
  botToken: string;
  bot: APIUser;
  users: Record<UserName, APIUser>;
  guilds: [Guild, Guild];
  /** The threads of all guilds by id, oldest first. */
  threads: Map<string, Thread>;
  /** Ids of the channels for direct messages, by user name. */
  directChannelIds: Record<string, string>;
}

interface WorldOptions {
  cdn: string;
  botName: string;
  guildName: string;
  preferredLocale: string;
}

export function world(
  journal: Journal,
  nextSnowflake: NextSnowflake,
  { cdn, botName, guildName, preferredLocale }: WorldOptions,
): World {
  const stored = storedIds.parse(journal.restored.get("ids") ?? {});
  const ids = idsSchema.parse({ ...newIds(nextSnowflake), ...stored });
  if (Object.keys(stored).length < Object.keys(ids).length) journal.put("ids", ids);
  const users = {
    ketchup: person(ids.userIds.ketchup, "ketchup"),
    mustard: person(ids.userIds.mustard, "mustard"),
    relish: person(ids.userIds.relish, "relish"),
  };
  const moderator = {
    id: ids.moderatorRoleId,
    name: "moderator",
    permissions: PermissionFlagsBits.ManageMessages | PermissionFlagsBits.ManageThreads,
    memberIds: [users.mustard.id],
    managed: false,
  };
  return {
    cdn,
    applicationId: ids.applicationId,
    botToken: ids.botToken,
    bot: { ...person(ids.applicationId, botName), avatar: "bot", bot: true },
    users,
    guilds: [
      restoreGuild(journal, {
        id: ids.guildId,
        name: guildName,
        preferredLocale,
        ownerId: users.ketchup.id,
        roles: [moderator],
        channels: [textChannel(ids.channelId, "general", 0), textChannel(ids.secondChannelId, "random", 1)],
        botJoinedAt: snowflakeTime(ids.guildId),
      }),
      restoreGuild(journal, {
        id: ids.otherGuildId,
        name: "Another Guild",
        preferredLocale,
        ownerId: users.mustard.id,
        roles: [],
        channels: [textChannel(ids.otherChannelId, "general", 0)],
        botJoinedAt: snowflakeTime(ids.otherGuildId),
      }),
    ],
    threads: restoreThreads(journal),
    directChannelIds: ids.directChannelIds,
  };
}

function textChannel(id: string, name: string, position: number): Channel {
  return { id, name, type: ChannelType.GuildText, nsfw: false, position, deniedToBot: 0n };
}

/** Returns the guilds that the bot is in. */
export function botGuilds({ guilds }: World): Guild[] {
  return guilds.filter(({ botJoinedAt }) => botJoinedAt !== null);
}

export function people(of: World): APIUser[] {
  return USER_NAMES.map((name) => of.users[name]);
}

function newIds(nextSnowflake: NextSnowflake): Ids {
  // A bot's user id is its application's id.
  const applicationId = nextSnowflake();
  return {
    applicationId,
    botToken: botToken(applicationId),
    guildId: nextSnowflake(),
    moderatorRoleId: nextSnowflake(),
    channelId: nextSnowflake(),
    secondChannelId: nextSnowflake(),
    otherGuildId: nextSnowflake(),
    otherChannelId: nextSnowflake(),
    userIds: { ketchup: nextSnowflake(), mustard: nextSnowflake(), relish: nextSnowflake() },
    directChannelIds: { ketchup: nextSnowflake(), mustard: nextSnowflake(), relish: nextSnowflake() },
  };
}

export function person(id: string, username: string): APIUser {
  return { id, username, discriminator: "0", global_name: null, avatar: username };
}
