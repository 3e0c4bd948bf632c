import { ChannelType } from "discord-api-types/v10";
import type { Job } from "../jobs/job.ts";
import type { Place } from "../jobs/place.ts";
import type { InteractionReference, MessageReference } from "../jobs/references.ts";
import type { Channels } from "./channels.ts";

/** What a person sent: an interaction, or a message to the bot. */
export type PersonRequest = InteractionReference | MessageReference;

/** A job that a person asked for. */
export type PersonJob = Extract<Job, { interaction: PersonRequest } | { message: PersonRequest }>;

export function requestOf(job: PersonJob): PersonRequest {
  return "message" in job ? job.message : job.interaction;
}

/** Where a request was made. "unknown": neither the bot nor Discord could say in which channel. */
export type FoundPlace = Place | "direct messages" | "unknown";

/** Returns the place that the bot gave. If it gave none for a channel of a guild, asks Discord. */
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
