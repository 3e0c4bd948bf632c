import { GatewayIntentBits, PermissionFlagsBits } from "discord-api-types/v10";
import type { ClientChannel, ClientGuild, ClientThread } from "../client-protocol.ts";
import { channelOrParent, guildChannel, isCategory, listedChannels } from "./channels.ts";
import type { Channel, Guild, Role } from "./guild.ts";
import { member, PLAIN_ROLE } from "./guild.ts";
import { membersOf } from "./members.ts";
import { permissionsIn } from "./permissions.ts";
import { type Thread, threadChannel, threadsOf } from "./thread.ts";
import { activeThreads, isIn } from "./visibility.ts";
import type { World } from "./world.ts";

/**
 * Returns the guild in the form that pages and tests use.
 * @param userId of the person who sees it; default: everything is seen
 */
export function guildSummary(world: World, guild: Guild, userId?: string): ClientGuild {
  const { id, name, botJoinedAt } = guild;
  const seen = threadsOf(world, guild).filter(
    (thread) => userId === undefined || isIn(world, userId, thread.id),
  );
  return {
    id,
    name,
    has_bot: botJoinedAt !== null,
    channels: seenChannels(world, guild, userId).map((one) => channelSummary(world, one, userId)),
    threads: seen.map((thread) => threadSummary(world, thread, userId)),
    member_ids: membersOf(world, guild).map(({ id }) => id),
    nicks: Object.fromEntries(
      Object.entries(guild.memberSettings).flatMap(([userId, { nick }]) =>
        nick === null ? [] : [[userId, nick]],
      ),
    ),
    roles: rolesOf(guild).map(({ id, name, color, hoist }, position) => ({
      id,
      name,
      color,
      hoist,
      member_ids: guild.roles[position - 1]?.memberIds ?? [],
    })),
  };
}

/** Returns the channels that a person sees, as they are listed. A category is listed if something in it is, or by who can change it. */
function seenChannels(world: World, guild: Guild, userId: string | undefined): Channel[] {
  const listed = listedChannels(guild);
  if (userId === undefined) return listed;
  const seen = listed.filter((one) => !isCategory(one) && isIn(world, userId, one.id));
  const manages = (id: string) =>
    (permissionsIn(world, id, userId) & PermissionFlagsBits.ManageChannels) !== 0n;
  return listed.filter((one) =>
    isCategory(one)
      ? seen.some(({ parentId }) => parentId === one.id) || manages(one.id)
      : seen.includes(one),
  );
}

/**
 * Returns a channel in the form that pages and tests use.
 * @param userId of the person who sees it; default: one with the permissions of @everyone
 */
export function channelSummary(
  world: World,
  { id, name, type, nsfw, topic, parentId, rateLimitPerUser }: Channel,
  userId = "",
): ClientChannel {
  return {
    id,
    name,
    type,
    nsfw,
    topic,
    category_id: parentId,
    rate_limit_per_user: rateLimitPerUser,
    permissions: String(permissionsIn(world, id, userId)),
  };
}

/** Returns a thread in the form that pages and tests use. */
function threadSummary(world: World, thread: Thread, userId = ""): ClientThread {
  const { id, name, type, parent_id, owner_id, thread_metadata, message_count, last_message_id } = thread;
  const { archived, locked, invitable = true } = thread_metadata;
  const member_ids = thread.members.map(({ user_id }) => user_id);
  return {
    id,
    name,
    type,
    nsfw: channelOrParent(world, thread.id)?.nsfw ?? false,
    topic: null,
    category_id: null,
    rate_limit_per_user: thread.rate_limit_per_user,
    permissions: String(permissionsIn(world, id, userId)),
    parent_id,
    owner_id,
    archived,
    locked,
    invitable,
    member_ids,
    message_count,
    last_message_id,
  };
}

/**
 * Builds the GUILD_CREATE event that follows READY, or that tells the bot that it was added.
 * @param intents of the session: without GUILD_PRESENCES, the bot alone is listed as a member
 * @see https://discord.com/developers/docs/events/gateway-events#guild-create
 */
export function guildCreate(world: World, guild: Guild, { intents }: { intents: number }): object {
  const everybody = (intents & GatewayIntentBits.GuildPresences) !== 0;
  const all = membersOf(world, guild).map((user) => member(guild, user));
  return {
    ...guildFields(guild),
    joined_at: member(guild, world.bot).joined_at,
    members: everybody ? all : all.slice(0, 1),
    member_count: all.length,
    channels: guild.channels.map((channel) => guildChannel(guild, channel)),
    large: false,
    unavailable: false,
    voice_states: [],
    threads: activeThreads(world, threadsOf(world, guild)).map((thread) => threadChannel(world, thread)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/**
 * Returns the guild as routes and GUILD_UPDATE contain it.
 * @see https://discord.com/developers/docs/resources/guild#guild-object
 */
export function guildFields(guild: Guild) {
  return {
    id: guild.id,
    owner_id: guild.ownerId,
    features: [],
    description: null,
    application_id: null,
    icon: null,
    banner: null,
    home_header: null,
    discovery_splash: null,
    vanity_url_code: null,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    hub_type: null,
    incidents_data: null,
    premium_progress_bar_enabled: false,
    premium_subscription_count: 0,
    max_members: 500_000,
    max_presences: null,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    splash: null,
    emojis: [],
    stickers: [],
    region: "deprecated",
    nsfw: false,
    widget_enabled: false,
    widget_channel_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    afk_channel_id: null,
    afk_timeout: 300,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    verification_level: 0,
    ...guild.settings,
    name: guild.name,
    preferred_locale: guild.preferredLocale,
    roles: rolesOf(guild),
  };
}

/** Returns the guild's roles, of which the first is @everyone with the id of the guild. */
export function rolesOf(guild: Guild) {
  const everyone = {
    ...PLAIN_ROLE,
    id: guild.id,
    name: "@everyone",
    permissions: guild.everyonePermissions,
    managed: false,
    memberIds: [],
  };
  return [everyone, ...guild.roles].map(role);
}

/** @see https://discord.com/developers/docs/topics/permissions#role-object */
function role(
  { id, name, permissions, color, hoist, mentionable, managed, memberIds: [botId] }: Role,
  position: number,
) {
  return {
    id,
    name,
    permissions: String(permissions),
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    icon: null,
    unicode_emoji: null,
    position,
    hoist,
    managed,
    ...(managed ? { tags: { bot_id: botId } } : {}),
    mentionable,
    flags: 0,
  };
}
