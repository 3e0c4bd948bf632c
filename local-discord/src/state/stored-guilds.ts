import { ChannelType } from "discord-api-types/v10";
import { z } from "zod";
import type { Guild } from "./guild.ts";
import type { Journal } from "./journal.ts";

const role = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.coerce.bigint(),
  memberIds: z.array(z.string()),
  managed: z.boolean(),
});
const channel = z.object({
  id: z.string(),
  name: z.string(),
  type: z.literal([ChannelType.GuildText, ChannelType.GuildForum]),
  nsfw: z.boolean(),
  position: z.number(),
  deniedToBot: z.coerce.bigint(),
});
/** What can change in a guild. */
const storedGuild = z.object({
  roles: z.array(role),
  channels: z.array(channel),
  botJoinedAt: z.number().nullable(),
});

const KEY_PREFIX = "guild:";

/** Returns the guild with the changes of earlier runs. */
export function restoreGuild({ restored }: Pick<Journal, "restored">, guild: Guild): Guild {
  const value = restored.get(KEY_PREFIX + guild.id);
  return value === undefined ? guild : { ...guild, ...storedGuild.parse(value) };
}

/** Stores what can change in a guild, with permissions as digits, because JSON has no large integers. */
export function saveGuild(journal: Pick<Journal, "put">, { id, roles, channels, botJoinedAt }: Guild): void {
  journal.put(KEY_PREFIX + id, {
    roles: roles.map((each) => ({ ...each, permissions: String(each.permissions) })),
    channels: channels.map((each) => ({ ...each, deniedToBot: String(each.deniedToBot) })),
    botJoinedAt,
  });
}
