import type { APIMessage } from "discord-api-types/v10";
import { ApplicationCommandType, ComponentType, InteractionType, MessageFlags } from "discord-api-types/v10";
import { componentsOf } from "../messages/components.ts";
import { hasFlag } from "../messages/message-rules.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { isSeenBy } from "../state/visibility.ts";
import type { OptionValue } from "./command-options.ts";
import { fillOptions } from "./command-options.ts";
import { commandHead, findMenuCommand, findSlashCommand } from "./find-command.ts";
import type { Invocation } from "./invocation.ts";
import { startInteraction } from "./invocation.ts";
import { NotAllowedError } from "./not-allowed.ts";

/**
 * Invokes a slash command. The name of a subcommand is "command subcommand" or "command group subcommand".
 * @throws NotAllowedError if the person may not use such a command, or if the options do not match it
 */
export function invokeCommand(
  discord: Discord,
  invocation: Invocation,
  { name, options }: { name: string; options: Record<string, OptionValue> },
): Interaction {
  const invocable = findSlashCommand(discord, invocation, name);
  const filled = fillOptions(discord, invocation, { invocable, values: options });
  return startInteraction(discord, invocation, {
    type: InteractionType.ApplicationCommand,
    command: { name, type: ApplicationCommandType.ChatInput },
    data: { ...commandHead(invocable.command), ...filled },
  });
}

/**
 * Invokes a message command.
 * @throws NotAllowedError if the person may not use such a command, or does not see the message
 */
export function invokeMessageCommand(
  discord: Discord,
  invocation: Omit<Invocation, "channelId">,
  { name, messageId }: { name: string; messageId: string },
): Interaction {
  const target = findMessage(discord, invocation, messageId);
  if (hasFlag(target, MessageFlags.Ephemeral | MessageFlags.Loading)) {
    throw new NotAllowedError("Message commands do not work on ephemeral messages and on deferred answers.");
  }
  const where = { ...invocation, channelId: target.channel_id };
  const command = findMenuCommand(discord, where, { name, type: ApplicationCommandType.Message });
  // Contains the whole message, even if the bot lacks the intent MESSAGE_CONTENT.
  const data = {
    ...commandHead(command),
    target_id: messageId,
    resolved: { messages: { [messageId]: target } },
  };
  const type = InteractionType.ApplicationCommand;
  return startInteraction(discord, where, { type, command, targetId: messageId, data });
}

/**
 * Presses a button.
 * @throws NotAllowedError if the person does not see the button, or if it is disabled
 */
export function pressButton(
  discord: Discord,
  invocation: Omit<Invocation, "channelId">,
  { messageId, customId }: { messageId: string; customId: string },
): Interaction {
  const message = findMessage(discord, invocation, messageId);
  const button = componentsOf(message).find(
    (component) => "custom_id" in component && component.custom_id === customId,
  );
  if (button?.type !== ComponentType.Button)
    throw new NotAllowedError(`The message has no button "${customId}".`);
  if (button.disabled) throw new NotAllowedError(`The button "${customId}" is disabled.`);
  const where = { ...invocation, channelId: message.channel_id };
  const data = { custom_id: customId, component_type: ComponentType.Button };
  const type = InteractionType.MessageComponent;
  return startInteraction(discord, where, { type, sourceMessageId: messageId, data, message });
}

/** @throws NotAllowedError if the person does not see a message with this id */
export function findMessage(
  { messages, world }: Discord,
  { user }: Pick<Invocation, "user">,
  id: string,
): APIMessage {
  const record = messages.find(id);
  const place = { channelId: record?.message.channel_id ?? "", viewer: record?.viewer ?? null };
  if (!record || !isSeenBy(world, user.id, place)) throw new NotAllowedError("There is no such message.");
  return record.message;
}
