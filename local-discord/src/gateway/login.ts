import { GatewayCloseCodes, GatewayIntentBits } from "discord-api-types/v10";
import { applicationFlags, currentUser } from "../state/application.ts";
import { guildCreate } from "../state/guild-payload.ts";
import { botGuilds, type World } from "../state/world.ts";
import type { Identification } from "./payload.ts";
import { TRACE } from "./payload.ts";
import type { GatewaySession } from "./session.ts";

const { GuildMembers, GuildPresences, MessageContent, Guilds } = GatewayIntentBits;

/** @see https://discord.com/developers/docs/events/gateway#privileged-intents */
const PRIVILEGED_INTENTS = GuildMembers | GuildPresences | MessageContent;
const ALL_INTENTS = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === "number")
  .reduce((all, bit) => all | bit, 0);

/**
 * Returns the close code for a bot that may not log in; undefined for one that may.
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
export function loginError(
  { token, intents, shard: [shard, shards] }: Identification,
  { botToken, allowed }: { botToken: string; allowed: number },
): GatewayCloseCodes | undefined {
  if (token !== botToken) return GatewayCloseCodes.AuthenticationFailed;
  if (shard < 0 || shard >= shards) return GatewayCloseCodes.InvalidShard;
  if ((intents & ~ALL_INTENTS) !== 0) return GatewayCloseCodes.InvalidIntents;
  if ((intents & PRIVILEGED_INTENTS & ~allowed) !== 0) return GatewayCloseCodes.DisallowedIntents;
  return undefined;
}

/**
 * Sends READY, then GUILD_CREATE for each guild.
 * @see https://discord.com/developers/docs/events/gateway-events#ready
 */
export function sendReady(
  session: GatewaySession,
  world: World,
  { address, privilegedIntents }: { address: string; privilegedIntents: number },
): void {
  const flags = applicationFlags(privilegedIntents);
  const guilds = botGuilds(world).filter(({ id }) => isOnShard(session.shard, id));
  session.dispatch("READY", {
    v: 10,
    user_settings: {},
    user: currentUser(world),
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    guild_join_requests: [],
    private_channels: [],
    relationships: [],
    presences: [],
    session_id: session.id,
    session_type: "normal",
    resume_gateway_url: address,
    shard: session.shard,
    application: { id: world.applicationId, flags, flags_new: String(flags) },
    auth: {},
    geo_ordered_rtc_regions: [],
    _trace: TRACE,
  });
  if ((session.intents & Guilds) === 0) return;
  for (const guild of guilds) session.dispatch("GUILD_CREATE", guildCreate(world, guild, session));
}

/**
 * Whether a shard serves this guild. Direct messages, which have no guild, belong to the first shard.
 * @see https://discord.com/developers/docs/events/gateway#sharding
 */
export function isOnShard([shard, shards]: GatewaySession["shard"], guildId: string | undefined): boolean {
  return BigInt(shard) === (BigInt(guildId ?? 0) >> 22n) % BigInt(shards);
}
