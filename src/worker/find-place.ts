import { ChannelType } from "discord-api-types/v10";
import type { Place } from "../jobs/place.ts";
import type { InteractionReference, MessageReference } from "../jobs/references.ts";
import type { Channels } from "./channels.ts";

/** What a person sent: an interaction, or a message to the bot. */
export type PersonRequest = InteractionReference | MessageReference;

/** Where a request was made. "unknown": neither the bot nor Discord could say. */
export type FoundPlace = Place | "direct messages" | "unknown";

/** Finds where a request was made: as the bot said or, if it said nothing about a guild's channel, as Discord says. */
export async function findPlace(
  { place, guildId, channelId }: PersonRequest,
  channels: Channels,
): Promise<FoundPlace> {
  if (guildId === null) return "direct messages";
  return place ?? askPlace(channelId, channels);
}

async function askPlace(id: string, channels: Channels): Promise<FoundPlace> {
  const channel = await channels.read(id);
  if (channel === undefined) return "unknown";
  const { type, parent_id: parentId } = channel;
  const thread = THREADS.get(type);
  if (thread === undefined) return { channelId: id, ageRestricted: channel.nsfw };
  const parent = parentId ? await channels.read(parentId) : undefined;
  return parent ? { channelId: parent.id, ageRestricted: parent.nsfw, thread } : "unknown";
}

const THREADS = new Map<ChannelType, Place["thread"]>([
  [ChannelType.AnnouncementThread, "public"],
  [ChannelType.PublicThread, "public"],
  [ChannelType.PrivateThread, "private"],
]);
