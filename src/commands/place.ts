import { ChannelType, type Channel } from "discord.js";
import type { Place } from "../jobs/place.ts";

/** Returns the place of a guild channel or thread. Returns undefined if the bot does not know it, or a thread's parent. */
export function placeOf(channel: Channel | null): Place | undefined {
  if (channel === null || channel.isDMBased()) return undefined;
  if (!channel.isThread()) return inChannel(channel);
  const parent = channel.parent === null ? undefined : inChannel(channel.parent);
  const thread = channel.type === ChannelType.PrivateThread ? "private" : "public";
  return parent && { ...parent, thread };
}

function inChannel(channel: Channel): Place | undefined {
  return "nsfw" in channel ? { channelId: channel.id, ageRestricted: channel.nsfw } : undefined;
}
