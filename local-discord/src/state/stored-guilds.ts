import { ChannelType, OverwriteType, PermissionFlagsBits } from "discord-api-types/v10";
import { z } from "zod";
import { type Channel, EVERYONE_PERMISSIONS, type Guild, type Overwrite, PLAIN_CHANNEL } from "./guild.ts";
import type { Journal } from "./journal.ts";

// The defaults are for journals of earlier versions.
const role = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.coerce.bigint(),
  memberIds: z.array(z.string()),
  color: z.number().default(0),
  hoist: z.boolean().default(false),
  mentionable: z.boolean().default(false),
  managed: z.boolean(),
});
const overwrite = z.object({
  id: z.string(),
  type: z.enum(OverwriteType),
  allow: z.coerce.bigint(),
  deny: z.coerce.bigint(),
});
const channel = z.object({
  id: z.string(),
  name: z.string(),
  type: z.literal([ChannelType.GuildText, ChannelType.GuildCategory, ChannelType.GuildForum]),
  nsfw: z.boolean(),
  position: z.number(),
  topic: z.string().nullable().default(PLAIN_CHANNEL.topic),
  parentId: z.string().nullable().default(PLAIN_CHANNEL.parentId),
  rateLimitPerUser: z.number().default(PLAIN_CHANNEL.rateLimitPerUser),
  overwrites: z.array(overwrite).default([]),
  /** Permissions that are denied to the bot, in journals of versions without overwrites. */
  deniedToBot: z.coerce.bigint().optional(),
});
const settings = z.object({
  name: z.string().exactOptional(),
  preferred_locale: z.string().exactOptional(),
  description: z.string().nullable().exactOptional(),
  verification_level: z.number().exactOptional(),
  default_message_notifications: z.number().exactOptional(),
  explicit_content_filter: z.number().exactOptional(),
  afk_timeout: z.number().exactOptional(),
  system_channel_id: z.string().nullable().exactOptional(),
  system_channel_flags: z.number().exactOptional(),
  premium_progress_bar_enabled: z.boolean().exactOptional(),
});
const memberSettings = z.object({
  nick: z.string().nullable(),
  timedOutUntil: z.number().nullable(),
  joinedAt: z.number().nullable(),
});
/** What can change in a guild. */
const storedGuild = z.object({
  everyonePermissions: z.coerce.bigint().optional(),
  roles: z.array(role),
  channels: z.array(channel),
  settings: settings.default({}),
  memberSettings: z.record(z.string(), memberSettings).default({}),
  absentIds: z.array(z.string()).default([]),
  bans: z.array(z.object({ userId: z.string(), reason: z.string().nullable() })).default([]),
  botJoinedAt: z.number().nullable(),
});

const KEY_PREFIX = "guild:";

/** What @everyone could do in versions without reactions, unless that was changed. */
const EARLIER_EVERYONE_PERMISSIONS = EVERYONE_PERMISSIONS & ~PermissionFlagsBits.AddReactions;

/** Returns the guild with the changes of earlier runs. */
export function restoreGuild(
  { restored }: Pick<Journal, "restored">,
  { guild, botId }: { guild: Guild; botId: string },
): Guild {
  const value = restored.get(KEY_PREFIX + guild.id);
  if (value === undefined) return guild;
  const {
    everyonePermissions: everyone = guild.everyonePermissions,
    channels,
    ...stored
  } = storedGuild.parse(value);
  const { name = guild.name, preferred_locale: preferredLocale = guild.preferredLocale } = stored.settings;
  const isEarlier = channels.some(({ deniedToBot }) => deniedToBot !== undefined);
  return {
    ...guild,
    ...stored,
    channels: channels.map((one) => restoreChannel(one, botId)),
    everyonePermissions:
      isEarlier && everyone === EARLIER_EVERYONE_PERMISSIONS ? EVERYONE_PERMISSIONS : everyone,
    name,
    preferredLocale,
  };
}

function restoreChannel({ deniedToBot = 0n, ...stored }: z.infer<typeof channel>, botId: string): Channel {
  if (deniedToBot === 0n) return stored;
  const denied = { id: botId, type: OverwriteType.Member, allow: 0n, deny: deniedToBot };
  return { ...stored, overwrites: [...stored.overwrites, denied] };
}

/** Stores what can change in a guild, with permissions as digits, because JSON has no large integers. */
export function saveGuild(
  journal: Pick<Journal, "put">,
  { id, roles, channels, everyonePermissions, botJoinedAt, ...guild }: Guild,
): void {
  const { settings, memberSettings, absentIds, bans } = guild;
  journal.put(KEY_PREFIX + id, {
    everyonePermissions: String(everyonePermissions),
    roles: roles.map((each) => ({ ...each, permissions: String(each.permissions) })),
    channels: channels.map((each) => ({ ...each, overwrites: each.overwrites.map(withDigits) })),
    settings,
    memberSettings,
    absentIds,
    bans,
    botJoinedAt,
  });
}

function withDigits({ id, type, allow, deny }: Overwrite) {
  return { id, type, allow: String(allow), deny: String(deny) };
}
