import type { APIMessage, APISelectMenuComponent } from "discord-api-types/v10";
import { ComponentType, InteractionType } from "discord-api-types/v10";
import { componentsOf } from "../messages/components.ts";
import { isSelect } from "../messages/select-rules.ts";
import { guildOf } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { rolesOf } from "../state/guild-payload.ts";
import type { Interaction } from "../state/interactions.ts";
import { membersOf } from "../state/members.ts";
import { threadsOf } from "../state/thread.ts";
import type { World } from "../state/world.ts";
import { people } from "../state/world.ts";
import type { Invocation } from "./invocation.ts";
import { startInteraction } from "./invocation.ts";
import { findMessage } from "./invoke.ts";
import { NotAllowedError } from "./not-allowed.ts";
import { resolveIds } from "./resolve-ids.ts";
import { selectedIds } from "./selection.ts";

/** What a person chooses in a select menu of a message: values of its options, or ids. */
interface Choice {
  messageId: string;
  customId: string;
  values: readonly string[];
}

/**
 * Chooses values in a select menu of a message.
 * @throws NotAllowedError if the person does not see the select menu, if it is disabled, or if it does not take these values
 */
export function chooseInSelect(
  discord: Discord,
  invocation: Omit<Invocation, "channelId">,
  { messageId, customId, values }: Choice,
): Interaction {
  const message = findMessage(discord, invocation, messageId);
  const select = selectsOf(message).find((one) => one.custom_id === customId);
  if (!select) throw new NotAllowedError(`The message has no select menu "${customId}".`);
  if (select.disabled) throw new NotAllowedError(`The select menu "${customId}" is disabled.`);
  const where = { ...invocation, channelId: message.channel_id };
  const ids = selectedIds(discord.world, where, { select, values });
  const listed = select.type === ComponentType.StringSelect;
  const data = {
    custom_id: customId,
    component_type: select.type,
    values,
    ...(listed ? {} : { resolved: resolveIds(discord.world, where, ids) }),
  };
  const type = InteractionType.MessageComponent;
  return startInteraction(discord, where, { type, sourceMessageId: messageId, data, message });
}

/**
 * Finds the select menu that a script names by custom id or placeholder, and the values that it names by label or name.
 * Unknown names stay as they are.
 */
export function findChoice(
  { messages, world }: Discord,
  { id }: Pick<APIMessage, "id">,
  { customIdOrPlaceholder, named }: { customIdOrPlaceholder: string; named: readonly string[] },
): Choice {
  const { message } = messages.get(id);
  const selects = selectsOf(message);
  const select =
    selects.find(({ custom_id }) => custom_id === customIdOrPlaceholder) ??
    selects.find(({ placeholder }) => placeholder === customIdOrPlaceholder);
  if (!select) return { messageId: id, customId: customIdOrPlaceholder, values: named };
  const values = valuesNamed(world, { select, channelId: message.channel_id }, named);
  return { messageId: id, customId: select.custom_id, values };
}

/** Returns the values of a select menu that a script names by label or name. Values and unknown names stay as they are. */
export function valuesNamed(
  world: World,
  { select, channelId }: { select: APISelectMenuComponent; channelId: string },
  named: readonly string[],
): string[] {
  const values = valuesByName(world, select, channelId);
  const valueOf = (name: string) =>
    values.some(([value]) => value === name) ? name : values.find(([, text]) => text === name)?.[0];
  return named.map((name) => valueOf(name) ?? name);
}

function selectsOf(message: APIMessage): APISelectMenuComponent[] {
  return componentsOf(message).filter(isSelect);
}

/** Returns the values of a select menu with the texts that people see for them. */
function valuesByName(world: World, select: APISelectMenuComponent, channelId: string): [string, string][] {
  const guild = guildOf(world, channelId);
  const listed = guild ? membersOf(world, guild) : [...people(world), world.bot];
  const users = listed.map(({ id, username }) => [id, username] as [string, string]);
  const threads = guild ? threadsOf(world, guild) : [];
  const roles = (guild ? rolesOf(guild) : []).map(({ id, name }) => [id, name] as [string, string]);
  switch (select.type) {
    case ComponentType.StringSelect:
      return select.options.map(({ value, label }) => [value, label]);
    case ComponentType.UserSelect:
      return users;
    case ComponentType.RoleSelect:
      return roles;
    case ComponentType.MentionableSelect:
      return [...users, ...roles];
    case ComponentType.ChannelSelect:
      return [...(guild?.channels ?? []), ...threads].map(({ id, name }) => [id, name]);
  }
}
