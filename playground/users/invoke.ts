import type { APIMessage, APIUser } from "discord-api-types/v10";
import { ComponentType, InteractionType } from "discord-api-types/v10";
import { channel, member, permissions } from "../state/guild.ts";
import { componentsOf } from "../messages/components.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { isVisibleTo } from "../state/messages.ts";
import { interactionToken } from "../state/tokens.ts";
import { Refused } from "./refused.ts";
import type { OptionValue } from "./command-options.ts";
import { fillOptions } from "./command-options.ts";

/** Discord's default for a server without boosts, in bytes. */
const attachmentSizeLimit = 10 * 1024 * 1024;

/** Who does something, where, and in which language. */
export interface Invocation {
  user: APIUser;
  channelId: string;
  locale: string;
  nonce?: string;
}

/** Invokes a slash command. Throws Refused when there is no such command or the options do not fit. */
export function invokeCommand(
  discord: Discord,
  invocation: Invocation,
  { name, options }: { name: string; options: Record<string, OptionValue> },
): Interaction {
  const command = discord.commands.all().find((candidate) => candidate.name === name);
  if (!command) throw new Refused(`There is no command /${name}.${registeredNames(discord)}`);
  const { id, type, guild_id } = command;
  const filled = fillOptions(command, options);
  const interaction = begin(discord, invocation, InteractionType.ApplicationCommand);
  interaction.commandName = name;
  const data = { id, name, type, options: filled, ...(guild_id ? { guild_id } : {}) };
  discord.interactions.start(interaction, payload(discord, interaction, { invocation, data }));
  return interaction;
}

/** Presses a button. Throws Refused when this person sees no such button or it is disabled. */
export function pressButton(
  discord: Discord,
  invocation: Invocation,
  { messageId, customId }: { messageId: string; customId: string },
): Interaction {
  const record = discord.messages.find(messageId);
  if (!record || !isVisibleTo(invocation.user.id, record.viewer))
    throw new Refused("There is no such message.");
  const button = componentsOf(record.message).find(
    (component) => "custom_id" in component && component.custom_id === customId,
  );
  if (button?.type !== ComponentType.Button) throw new Refused(`The message has no button "${customId}".`);
  if (button.disabled) throw new Refused(`The button "${customId}" is disabled.`);
  const interaction = begin(discord, invocation, InteractionType.MessageComponent);
  interaction.sourceMessageId = messageId;
  const data = { custom_id: customId, component_type: ComponentType.Button };
  const { message } = record;
  discord.interactions.start(interaction, payload(discord, interaction, { invocation, data, message }));
  return interaction;
}

function registeredNames({ commands }: Discord): string {
  const names = commands.all().map(({ name }) => `/${name}`);
  return names.length > 0 ? ` Registered: ${names.join(", ")}.` : " None is registered.";
}

function begin(
  discord: Discord,
  { user, channelId, nonce }: Invocation,
  type: Interaction["type"],
): Interaction {
  if (!channel(discord.world, channelId)) throw new Refused("There is no such channel.");
  const id = discord.nextSnowflake();
  return {
    id,
    token: interactionToken(id),
    type,
    user,
    channelId,
    commandName: null,
    sourceMessageId: null,
    nonce: nonce ?? null,
    createdAt: discord.now(),
    state: "pending",
    originalId: null,
    answerIds: [],
  };
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object */
function payload(
  { world }: Discord,
  { id, token, type, user, channelId }: Interaction,
  { invocation, data, message }: { invocation: Invocation; data: object; message?: APIMessage },
): object {
  const { guild } = world;
  return {
    id,
    token,
    type,
    version: 1,
    application_id: world.applicationId,
    data,
    guild: { id: guild.id, locale: guild.preferredLocale, features: [] },
    guild_id: guild.id,
    guild_locale: guild.preferredLocale,
    channel: { ...channel(world, channelId), permissions },
    channel_id: channelId,
    member: { ...member(world, user), permissions },
    locale: invocation.locale,
    app_permissions: permissions,
    entitlements: [],
    authorizing_integration_owners: { "0": guild.id },
    context: 0,
    attachment_size_limit: attachmentSizeLimit,
    ...(message ? { message } : {}),
  };
}
