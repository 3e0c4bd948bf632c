import { createHash } from "node:crypto";
import type { APIUser } from "discord-api-types/v10";
import { restoreBot } from "./bot-user.ts";
import { describedGuild } from "./described-guild.ts";
import type { Guild } from "./guild.ts";
import type { Journal } from "./journal.ts";
import type { NextSnowflake } from "./snowflake.ts";
import type { Secrets } from "./secrets.ts";
import { restoreGuild } from "./stored-guilds.ts";
import type { Thread } from "./thread.ts";
import { restoreThreads } from "./threads.ts";
import { type SigningKey, signingKey } from "./signing-key.ts";
import { applicationIdOf, botToken } from "./tokens.ts";
import type { CheckedWorld } from "./world-description.ts";
import { worldIds } from "./world-ids.ts";

/**
 * One application with its bot; people; guilds with all of them; and the channels for direct messages of each person with the
 * bot. Only the guilds change, with their channels, roles and members.
 */
export interface World {
  /** Origin of the URLs of attachments and avatars. */
  cdn: string;
  applicationId: string;
  botToken: string;
  /** Signs the requests to the interactions endpoint. */
  signingKey: SigningKey;
  bot: APIUser;
  /** The person who owns the application. */
  owner: APIUser;
  /** Everybody but the bot and visitors. */
  users: readonly APIUser[];
  guilds: [Guild, ...Guild[]];
  /** The threads of all guilds by id, oldest first. */
  threads: Map<string, Thread>;
  /** Ids of the channels for direct messages, by user name. */
  directChannelIds: Record<string, string>;
  /** Current time in milliseconds since 1970. */
  now: () => number;
}

interface WorldOptions {
  cdn: string;
  nextSnowflake: NextSnowflake;
  secrets: Secrets;
  description: CheckedWorld;
  now: () => number;
}

type DescribedGuild = CheckedWorld["guilds"][number];

/** Builds the world of a description, with the ids and changes of earlier runs. */
export function world(
  journal: Journal,
  { cdn, nextSnowflake, secrets, description, now }: WorldOptions,
): World {
  const ids = worldIds(journal, nextSnowflake);
  const { bot, token, people, owner } = description;
  // A bot's user id is its application's id.
  const applicationId = bot.id ?? (token && applicationIdOf(token)) ?? ids.id("bot");
  const users = people.map(({ name, displayName, id }) => ({
    ...person(id ?? ids.id(`people/${name}`), name),
    global_name: displayName ?? null,
  }));
  const [first] = users;
  if (!first) throw new Error("A world has at least one person.");
  const byName = (name?: string) => users.find(({ username }) => username === name) ?? first;
  const build = (guild: DescribedGuild, at: number) =>
    restoreGuild(journal, {
      botId: applicationId,
      guild: describedGuild(guild, {
        ids,
        path: `guilds/${at}`,
        byName,
        bot: { name: bot.name, id: applicationId },
      }),
    });
  const [firstGuild, ...otherGuilds] = description.guilds.map(build);
  if (!firstGuild) throw new Error("A world has at least one guild.");
  const built: World = {
    cdn,
    applicationId,
    botToken: token ?? ids.value("token", () => botToken(applicationId, secrets)),
    signingKey: signingKey(ids.value("signing-key", () => secrets("signing key", 32).toString("hex"))),
    bot: restoreBot(journal, { ...person(applicationId, bot.name), bot: true }),
    owner: byName(owner),
    users,
    guilds: [firstGuild, ...otherGuilds],
    threads: restoreThreads(journal),
    directChannelIds: Object.fromEntries(people.map(({ name }) => [name, ids.id(`direct/${name}`)])),
    now,
  };
  ids.save();
  return built;
}

/** Returns the guilds that the bot is in. */
export function botGuilds({ guilds }: World): Guild[] {
  return guilds.filter(({ botJoinedAt }) => botJoinedAt !== null);
}

export function people(of: World): readonly APIUser[] {
  return of.users;
}

export function person(id: string, username: string): APIUser {
  return { id, username, discriminator: "0", global_name: null, avatar: avatarHash(username) };
}

/** Returns the hash of a person's avatar: as on Discord 32 hexadecimal digits, which some libraries parse. */
export function avatarHash(username: string): string {
  return createHash("md5").update(username).digest("hex");
}
