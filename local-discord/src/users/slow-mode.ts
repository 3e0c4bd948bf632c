import type { APIUser } from "discord-api-types/v10";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { channelOrParent } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { hasPermission } from "../state/permissions.ts";
import { NotAllowedError } from "./not-allowed.ts";

/**
 * Checks that slow mode lets a person post in a channel now. It does not hold for Bypass Slow Mode, and never for bots.
 * @throws NotAllowedError
 * @see https://discord.com/developers/docs/resources/channel#channel-object-channel-structure
 */
export function assertNotTooSoon(
  { world, messages, stamp }: Discord,
  { id: userId, username }: APIUser,
  channelId: string,
): void {
  const seconds =
    world.threads.get(channelId)?.rate_limit_per_user ??
    channelOrParent(world, channelId)?.rateLimitPerUser ??
    0;
  if (seconds === 0 || hasPermission(world, { userId, channelId }, PermissionFlagsBits.BypassSlowmode))
    return;
  const own = messages
    .all()
    .findLast(({ message }) => message.channel_id === channelId && message.author.id === userId);
  const left = own ? Date.parse(own.message.timestamp) + seconds * 1_000 - stamp() : 0;
  if (left <= 0) return;
  throw new NotAllowedError(`Slow mode: ${username} can post here again in ${Math.ceil(left / 1_000)} s.`);
}
