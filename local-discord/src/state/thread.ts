import type { APIThreadChannel, APIThreadMember } from "discord-api-types/v10";
import { ChannelType } from "discord-api-types/v10";
import { z } from "zod";
import type { Guild } from "./guild.ts";
import type { World } from "./world.ts";

/** Discord counts no more members than this. */
const MAX_COUNTED_MEMBERS = 50;

/** Neither pinned threads nor notification settings are built. */
const NO_FLAGS: number = 0;

const { PrivateThread, PublicThread } = ChannelType;

export const threadSchema = z.object({
  id: z.string(),
  guild_id: z.string(),
  parent_id: z.string(),
  type: z.literal([PublicThread, PrivateThread]),
  name: z.string(),
  owner_id: z.string(),
  rate_limit_per_user: z.number(),
  /** Only posts of forums have tags. */
  applied_tags: z.array(z.string()).exactOptional(),
  thread_metadata: z.object({
    archived: z.boolean(),
    /** Time at which the thread was created, archived or unarchived, or its duration was changed, in ISO 8601. */
    archive_timestamp: z.string(),
    /** Minutes. */
    auto_archive_duration: z.literal([60, 1_440, 4_320, 10_080]),
    locked: z.boolean(),
    create_timestamp: z.string(),
    /** Only private threads have it. */
    invitable: z.boolean().exactOptional(),
  }),
  /** Number of messages that are not deleted, without that which the thread was created with. */
  message_count: z.number(),
  /** The same with deleted messages. */
  total_message_sent: z.number(),
  last_message_id: z.string().nullable(),
  members: z.array(z.object({ user_id: z.string(), join_timestamp: z.string() })),
});

/** A thread as it is stored: the fields of Discord's channel object, and its members. It is never changed, only replaced. */
export type Thread = z.infer<typeof threadSchema>;

/**
 * Returns a thread as the bot gets it.
 * @see https://discord.com/developers/docs/topics/threads#thread-fields
 */
export function threadChannel({ bot }: World, thread: Thread): APIThreadChannel {
  const { members, ...channel } = thread;
  const own = members.find(({ user_id }) => user_id === bot.id);
  return {
    ...channel,
    flags: NO_FLAGS,
    member_count: Math.min(members.length, MAX_COUNTED_MEMBERS),
    ...(own ? { member: threadMember(thread, own) } : {}),
  };
}

/** @see https://discord.com/developers/docs/resources/channel#thread-member-object */
export function threadMember({ id }: Thread, member: Thread["members"][number]): APIThreadMember {
  return { id, ...member, flags: NO_FLAGS };
}

/** Returns the threads of a channel, oldest first. */
export function threadsBelow({ threads }: World, channelId: string): Thread[] {
  return [...threads.values()].filter(({ parent_id }) => parent_id === channelId);
}

/** Returns the threads of a guild, oldest first. */
export function threadsOf({ threads }: World, { id }: Guild): Thread[] {
  return [...threads.values()].filter(({ guild_id }) => guild_id === id);
}

export function isMember({ members }: Thread, userId: string): boolean {
  return members.some(({ user_id }) => user_id === userId);
}
