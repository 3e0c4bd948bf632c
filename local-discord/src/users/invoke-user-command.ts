import { ApplicationCommandType, InteractionType } from "discord-api-types/v10";
import { isIn } from "../state/visibility.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { commandHead, findMenuCommand } from "./find-command.ts";
import type { Invocation } from "./invocation.ts";
import { startInteraction } from "./invocation.ts";
import { NotAllowedError } from "./not-allowed.ts";
import { resolveIds } from "./resolve-ids.ts";

/**
 * Invokes a user command.
 * @throws NotAllowedError if the person may not use such a command, or does not see the other person in the channel
 * @see https://discord.com/developers/docs/interactions/application-commands#user-commands
 */
export function invokeUserCommand(
  discord: Discord,
  invocation: Invocation,
  { name, userId }: { name: string; userId: string },
): Interaction {
  const command = findMenuCommand(discord, invocation, { name, type: ApplicationCommandType.User });
  const resolved = resolveIds(discord.world, invocation, { users: [userId] });
  if (!isIn(discord.world, userId, invocation.channelId)) {
    throw new NotAllowedError(`The user ${userId} is not in this channel.`);
  }
  return startInteraction(discord, invocation, {
    type: InteractionType.ApplicationCommand,
    command,
    targetUser: resolved.users?.[userId] ?? null,
    data: { ...commandHead(command), target_id: userId, resolved },
  });
}
