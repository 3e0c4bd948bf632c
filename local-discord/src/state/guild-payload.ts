import type { ClientGuild } from "../client-protocol.ts";
import { channelOrParent, guildChannel } from "./channels.ts";
import type { Guild, Role } from "./guild.ts";
import { member } from "./guild.ts";
import { EVERYONE_PERMISSIONS, permissionsOf } from "./permissions.ts";
import { snowflakeTime } from "./snowflake.ts";
import { type Thread, threadChannel, threadSummary } from "./thread.ts";
import { botSees, seesThread } from "./visibility.ts";
import { people, type World } from "./world.ts";

/** Returns the guild in the form that pages and tests use. */
export function guildSummary(world: World, guild: Guild, userId?: string): ClientGuild {
  const { id, name, channels } = guild;
  const seen = threadsOf(world, guild).filter(
    (thread) => userId === undefined || seesThread(world, thread, userId),
  );
  return {
    id,
    name,
    channels: channels.map(({ id, name, type, nsfw }) => ({ id, name, type, nsfw })),
    threads: seen.map((thread) =>
      threadSummary(thread, { nsfw: channelOrParent(world, thread.id)?.nsfw ?? false }),
    ),
    permissions: String(userId === undefined ? EVERYONE_PERMISSIONS : permissionsOf(guild, userId)),
    roles: rolesOf(guild).map(({ id, name }) => ({ id, name })),
  };
}

/**
 * Builds the GUILD_CREATE event that follows READY.
 * @param everybody whether all members are listed; without the intent GUILD_PRESENCES it is the bot alone
 * @see https://discord.com/developers/docs/events/gateway-events#guild-create
 */
export function guildCreate(world: World, guild: Guild, { everybody }: { everybody: boolean }): object {
  const all = [world.bot, ...people(world)].map((user) => member(guild, user));
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    preferred_locale: guild.preferredLocale,
    joined_at: new Date(snowflakeTime(guild.id)).toISOString(),
    members: everybody ? all : all.slice(0, 1),
    member_count: all.length,
    channels: guild.channels.map((channel) => guildChannel(world, guild, channel)),
    roles: rolesOf(guild),
    large: false,
    unavailable: false,
    features: [],
    description: null,
    application_id: null,
    icon: null,
    banner: null,
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
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    splash: null,
    emojis: [],
    stickers: [],
    voice_states: [],
    threads: activeThreads(world, guild).map((thread) => threadChannel(world, thread)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
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
  };
}

/** Returns the active threads of a guild that the bot sees. */
export function activeThreads(world: World, guild: Guild): Thread[] {
  return threadsOf(world, guild).filter(
    ({ id, thread_metadata: { archived } }) => !archived && botSees(world, id),
  );
}

function threadsOf({ threads }: World, { id }: Guild): Thread[] {
  return [...threads.values()].filter(({ guild_id }) => guild_id === id);
}

/** Returns the guild's roles, of which the first is @everyone with the id of the guild. */
export function rolesOf(guild: Guild) {
  const everyone = { id: guild.id, name: "@everyone", permissions: EVERYONE_PERMISSIONS };
  return [everyone, ...guild.roles].map(role);
}

/** @see https://discord.com/developers/docs/topics/permissions#role-object */
function role({ id, name, permissions }: Pick<Role, "id" | "name" | "permissions">, position: number) {
  return {
    id,
    name,
    permissions: String(permissions),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    icon: null,
    unicode_emoji: null,
    position,
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}
