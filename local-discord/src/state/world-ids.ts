import { z } from "zod";
import type { Journal } from "./journal.ts";
import type { NextSnowflake } from "./snowflake.ts";

const KEY = "world-ids";
const pathIds = z.record(z.string(), z.string());

/** Ids of the built-in world, as journals of earlier versions have them. Some lack a few. */
const earlierIds = z
  .object({
    applicationId: z.string(),
    botToken: z.string(),
    guildId: z.string(),
    moderatorRoleId: z.string(),
    channelId: z.string(),
    secondChannelId: z.string(),
    otherGuildId: z.string(),
    otherChannelId: z.string(),
    userIds: pathIds,
    directChannelIds: pathIds,
  })
  .partial();

/** The ids of the world by what they belong to, as in "guilds/0/channels/general". A journal keeps them. */
export interface WorldIds {
  /** Returns the id of an earlier run, or else a new one. */
  id(path: string): string;
  /** Returns a value of an earlier run, or else that of `create`. */
  value(path: string, create: () => string): string;
  /** Stores what is new. */
  save(): void;
}

export function worldIds(journal: Journal, nextSnowflake: NextSnowflake): WorldIds {
  const known = {
    ...earlier(journal.restored.get("ids")),
    ...pathIds.parse(journal.restored.get(KEY) ?? {}),
  };
  let isNew = false;
  function value(path: string, create: () => string): string {
    const before = known[path];
    if (before !== undefined) return before;
    isNew = true;
    return (known[path] = create());
  }
  return {
    value,
    id: (path) => value(path, nextSnowflake),
    save() {
      if (isNew) journal.put(KEY, known);
    },
  };
}

function earlier(stored: unknown): Record<string, string> {
  const { userIds = {}, directChannelIds = {}, ...ids } = earlierIds.parse(stored ?? {});
  const paths: [string, string | undefined][] = [
    ["bot", ids.applicationId],
    ["token", ids.botToken],
    ["guilds/0", ids.guildId],
    ["guilds/0/roles/moderator", ids.moderatorRoleId],
    ["guilds/0/channels/general", ids.channelId],
    ["guilds/0/channels/random", ids.secondChannelId],
    ["guilds/1", ids.otherGuildId],
    ["guilds/1/channels/general", ids.otherChannelId],
    ...Object.entries(userIds).map(([name, id]) => [`people/${name}`, id] as [string, string]),
    ...Object.entries(directChannelIds).map(([name, id]) => [`direct/${name}`, id] as [string, string]),
  ];
  return Object.fromEntries(paths.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
