import { GatewayIntentBits } from "discord-api-types/v10";
import { member } from "../state/guild.ts";
import type { World } from "../state/world.ts";
import { membersOf } from "../state/members.ts";
import { botGuilds } from "../state/world.ts";
import { isOnShard } from "./login.ts";
import type { MembersRequest } from "./payload.ts";
import type { Recipient } from "./session.ts";

const { GuildMembers, GuildPresences } = GatewayIntentBits;

/** Limit of members that a request by name or by ids gets. */
const MAX_FOUND = 100;
/** Limit of members in one event. */
const MAX_MEMBERS_PER_CHUNK = 1_000;
const MAX_NONCE_BYTES = 32;

/**
 * Sends GUILD_MEMBERS_CHUNK events. There is no answer to a request that Discord does not answer either: for all members without
 * the intent GUILD_MEMBERS, or by name without a limit.
 * @see https://discord.com/developers/docs/events/gateway-events#request-guild-members
 */
export function sendMembers(session: Recipient, world: World, request: MembersRequest): void {
  const {
    guild_id: [guildId],
    user_ids: ids,
    presences,
    nonce,
  } = request;
  const guild = botGuilds(world).find(({ id }) => id === guildId);
  if (!guild || !isOnShard(session.shard, guild.id)) return;
  const everybody = membersOf(world, guild);
  const found = ids
    ? everybody.filter(({ id }) => ids.includes(id)).slice(0, MAX_FOUND)
    : byName(session, everybody, request);
  if (!found) return;
  const members = found.map((user) => member(guild, user));
  const chunks = Math.max(1, Math.ceil(members.length / MAX_MEMBERS_PER_CHUNK));
  for (let index = 0; index < chunks; index += 1) {
    session.dispatch("GUILD_MEMBERS_CHUNK", {
      guild_id: guild.id,
      members: members.slice(index * MAX_MEMBERS_PER_CHUNK, (index + 1) * MAX_MEMBERS_PER_CHUNK),
      chunk_index: index,
      chunk_count: chunks,
      not_found: ids?.filter((id) => everybody.every((user) => user.id !== id)) ?? [],
      // Nobody has a presence.
      ...(presences && (session.intents & GuildPresences) !== 0 ? { presences: [] } : {}),
      ...(typeof nonce === "string" && Buffer.byteLength(nonce) <= MAX_NONCE_BYTES ? { nonce } : {}),
    });
  }
}

/** Finds users whose names start with the query: all for an empty one. Returns undefined for a request without an answer. */
function byName<User extends { username: string }>(
  { intents }: Recipient,
  users: User[],
  { query, limit: asked }: MembersRequest,
): User[] | undefined {
  const limit = asked ?? 0;
  if (query === undefined || query === null) return undefined;
  if (query === "") {
    if ((intents & GuildMembers) === 0) return undefined;
    return limit > 0 ? users.slice(0, limit) : users;
  }
  if (limit <= 0) return undefined;
  const beginning = query.toLowerCase();
  const fitting = users.filter(({ username }) => username.toLowerCase().startsWith(beginning));
  return fitting.slice(0, Math.min(limit, MAX_FOUND));
}
