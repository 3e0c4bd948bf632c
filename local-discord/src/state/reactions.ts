import type { APIReaction, APIUser } from "discord-api-types/v10";
import { z } from "zod";

/** Checks no more than the id of a user, because only the local Discord writes users to the journal. */
const user = z.custom<APIUser>((value) => z.object({ id: z.string() }).safeParse(value).success);

/** An emoji under a message, and the users who have reacted with it, the first one first. */
export const reactionSchema = z.object({
  /** The id is null for emoji of Unicode, whose name is the emoji itself. */
  emoji: z.object({ id: z.string().nullable(), name: z.string() }),
  users: z.array(user),
});

export type Reaction = z.infer<typeof reactionSchema>;
export type Emoji = Reaction["emoji"];

export function isSameEmoji(one: Emoji, other: Emoji): boolean {
  return one.id === other.id && (one.id !== null || one.name === other.name);
}

/**
 * Returns the reactions of a message as a user gets them.
 * @see https://discord.com/developers/docs/resources/message#reaction-object
 */
export function reactionsFor(reactions: readonly Reaction[], userId: string): APIReaction[] {
  return reactions.map(({ emoji, users }) => ({
    emoji,
    count: users.length,
    count_details: { burst: 0, normal: users.length },
    burst_colors: [],
    me: users.some(({ id }) => id === userId),
    me_burst: false,
  }));
}
