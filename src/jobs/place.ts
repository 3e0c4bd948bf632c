import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";

/**
 * Where in a guild something happened. It is missing in jobs from direct messages. It is also missing in jobs of older bots, and in
 * those from a thread whose parent the bot does not know: then the worker asks Discord.
 */
export const place = z.object({
  /** The channel, or a thread's parent: what a project belongs to. */
  channelId: snowflake,
  /** Set in threads. Only invited members and moderators see a private one. */
  thread: z.enum(["public", "private"]).optional(),
  /** Whether the channel, or a thread's parent, is age-restricted. */
  ageRestricted: z.boolean(),
});
export type Place = z.infer<typeof place>;

/** What a person may do, as the bot has checked. Jobs of older bots do not have it, which grants no rights. */
export const rights = z.object({
  /** Whether the person has Manage Messages in this channel or thread. */
  moderate: z.boolean(),
  /** Whether the person has Manage Server, as far as it applies in this channel or thread. */
  manage: z.boolean(),
  /** Whether the person may remove images of the hot dogs. */
  moderateHotdogs: z.boolean(),
  /** Whether the person may export the labels of the hot dogs. */
  manageHotdogs: z.boolean(),
  /** Whether this is the home server, whose moderators look after the hot dogs. */
  atHome: z.boolean().optional(),
});
export type Rights = z.infer<typeof rights>;
