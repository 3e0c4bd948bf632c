import type { APIUser } from "discord-api-types/v10";
import { z } from "zod";
import type { Journal } from "./journal.ts";
import type { NextSnowflake } from "./snowflake.ts";
import { botToken } from "./tokens.ts";

const userNames = ["ketchup", "mustard", "relish"] as const;
export type UserName = (typeof userNames)[number];

const storedIds = z.object({
  applicationId: z.string(),
  botToken: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  userIds: z.record(z.enum(userNames), z.string()),
});
type Ids = z.infer<typeof storedIds>;

/** What stands still: one application with its bot, one guild with one text channel, three people. */
export interface World {
  /** Origin of attachments and avatars. */
  cdn: string;
  applicationId: string;
  botToken: string;
  bot: APIUser;
  users: Record<UserName, APIUser>;
  guild: { id: string; name: string; preferredLocale: string; ownerId: string };
  channels: { id: string; name: string }[];
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
  const stored = journal.restored.get("ids");
  const ids = stored === undefined ? newIds(nextSnowflake) : storedIds.parse(stored);
  if (stored === undefined) journal.put("ids", ids);
  const users = {
    ketchup: person(ids.userIds.ketchup, "ketchup"),
    mustard: person(ids.userIds.mustard, "mustard"),
    relish: person(ids.userIds.relish, "relish"),
  };
  return {
    cdn,
    applicationId: ids.applicationId,
    botToken: ids.botToken,
    bot: { ...person(ids.applicationId, botName), avatar: "bot", bot: true },
    users,
    guild: { id: ids.guildId, name: guildName, preferredLocale, ownerId: users.ketchup.id },
    channels: [{ id: ids.channelId, name: "general" }],
  };
}

export function people(of: World): APIUser[] {
  return userNames.map((name) => of.users[name]);
}

function newIds(nextSnowflake: NextSnowflake): Ids {
  // A bot's user id is its application's id.
  const applicationId = nextSnowflake();
  return {
    applicationId,
    botToken: botToken(applicationId),
    guildId: nextSnowflake(),
    channelId: nextSnowflake(),
    userIds: { ketchup: nextSnowflake(), mustard: nextSnowflake(), relish: nextSnowflake() },
  };
}

function person(id: string, username: string): APIUser {
  return { id, username, discriminator: "0", global_name: null, avatar: username };
}
