import type { APIMessage } from "discord-api-types/v10";
import { isIn } from "./channels.ts";
import type { Discord } from "./discord.ts";
import type { World } from "./world.ts";

/** Whether a person sees a message in this channel. An ephemeral message is visible to its `viewer` only. */
export function isSeenBy(
  world: World,
  userId: string,
  { channelId, viewer }: { channelId: string; viewer: string | null },
): boolean {
  return (viewer === null || viewer === userId) && isIn(world, userId, channelId);
}

/** Returns the messages that a person sees, oldest first. */
export function messagesSeenBy({ world, messages }: Discord, userId: string): APIMessage[] {
  return messages
    .all()
    .filter(({ message, viewer }) => isSeenBy(world, userId, { channelId: message.channel_id, viewer }))
    .map(({ message }) => message);
}
