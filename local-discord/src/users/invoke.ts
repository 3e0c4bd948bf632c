import type { APIApplicationCommand, APIMessage } from "discord-api-types/v10";
import { ApplicationCommandType, ComponentType, InteractionType, MessageFlags } from "discord-api-types/v10";
import { componentsOf } from "../messages/components.ts";
import { hasFlag } from "../messages/message-rules.ts";
import { isIn } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { usableCommands } from "../state/usable-commands.ts";
import { isSeenBy } from "../state/visibility.ts";
import type { OptionValue } from "./command-options.ts";
import { fillOptions } from "./command-options.ts";
import type { Invocation } from "./invocation.ts";
import { startInteraction } from "./invocation.ts";
import { NotAllowedError } from "./not-allowed.ts";

const { ChatInput, Message } = ApplicationCommandType;

/**
 * Invokes a slash command.
 * @throws NotAllowedError if the person may not use such a command, or if the options do not match it
 */
export function invokeCommand(
  discord: Discord,
  invocation: Invocation,
  { name, options }: { name: string; options: Record<string, OptionValue> },
): Interaction {
  const command = findCommand(discord, invocation, { name, type: ChatInput });
  const data = { ...head(command), ...fillOptions(discord, invocation, { command, values: options }) };
  return startInteraction(discord, invocation, { type: InteractionType.ApplicationCommand, command, data });
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
  const command = findCommand(discord, where, { name, type: Message });
  // Contains the whole message, even if the bot lacks the intent MESSAGE_CONTENT.
  const data = { ...head(command), target_id: messageId, resolved: { messages: { [messageId]: target } } };
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

function findCommand(
  discord: Discord,
  { user, channelId }: Invocation,
  { name, type }: { name: string; type: ApplicationCommandType },
): APIApplicationCommand {
  if (!isIn(discord.world, user.id, channelId)) throw new NotAllowedError("There is no such channel.");
  const fits = (candidate: APIApplicationCommand) => candidate.name === name && candidate.type === type;
  const command = usableCommands(discord, user.id, channelId).find(fits);
  if (command) return command;
  const registered = discord.commands.all();
  if (registered.some(fits))
    throw new NotAllowedError(`${user.username} may not use ${titleOf({ name, type })} here.`);
  const names = registered.map(titleOf);
  const list = names.length > 0 ? `Registered: ${names.join(", ")}.` : "None is registered.";
  throw new NotAllowedError(`There is no command ${titleOf({ name, type })}. ${list}`);
}

function titleOf({ name, type }: Pick<APIApplicationCommand, "name" | "type">): string {
  return type === ChatInput ? `/${name}` : `"${name}"`;
}

function head({ id, name, type, guild_id }: APIApplicationCommand) {
  return { id, name, type, ...(guild_id ? { guild_id } : {}) };
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
