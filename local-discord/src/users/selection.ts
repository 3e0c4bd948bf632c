import type { APISelectMenuComponent } from "discord-api-types/v10";
import { ComponentType } from "discord-api-types/v10";
import { selectBounds } from "../messages/select-rules.ts";
import { hasAcceptedType } from "../state/channels.ts";
import type { World } from "../state/world.ts";
import type { Invocation } from "./invocation.ts";
import { NotAllowedError } from "./not-allowed.ts";
import type { ChosenIds } from "./resolve-ids.ts";
import { resolveIds } from "./resolve-ids.ts";

/** What a person chose in a select menu: values of options, or ids of users, roles or channels. */
interface Selection {
  select: APISelectMenuComponent;
  values: readonly string[];
  /** Whether the person may choose nothing, whatever `min_values` is: the select menu of a modal with `required: false`. */
  optional?: boolean;
}

/**
 * Checks that Discord's client would send this selection, and returns the chosen ids for `resolveIds`; none for a string select.
 * @throws NotAllowedError
 */
export function selectedIds(
  world: World,
  where: Pick<Invocation, "user" | "channelId">,
  { select, values, optional = false }: Selection,
): ChosenIds {
  const expected = optional && values.length === 0 ? undefined : expectedInstead(select, values);
  if (expected) throw new NotAllowedError(`The select menu "${select.custom_id}" takes ${expected}.`);
  const ids = idsIn(select, values);
  resolveIds(world, where, ids);
  const types = select.type === ComponentType.ChannelSelect ? select.channel_types : undefined;
  const misfit = values.find((id) => !hasAcceptedType(world, id, types));
  if (misfit !== undefined) {
    throw new NotAllowedError(`The select menu "${select.custom_id}" does not list the channel ${misfit}.`);
  }
  return ids;
}

/** Returns what the select menu takes, as in "1 to 3 values", if it is not these values. Does not check that ids exist. */
function expectedInstead(select: APISelectMenuComponent, values: readonly string[]): string | undefined {
  const { least, most } = selectBounds(select);
  if (values.length < least || values.length > most) {
    const range = least === most ? String(most) : `${least} to ${most}`;
    return `${range} ${most === 1 ? "value" : "values"}, not ${values.length}`;
  }
  if (new Set(values).size < values.length) return "each value only once";
  if (select.type !== ComponentType.StringSelect) return undefined;
  const listed = select.options.map(({ value }) => value);
  if (values.every((value) => listed.includes(value))) return undefined;
  return `only the values ${listed.map((value) => JSON.stringify(value)).join(", ")}`;
}

function idsIn({ type }: APISelectMenuComponent, values: readonly string[]): ChosenIds {
  switch (type) {
    case ComponentType.StringSelect:
      return {};
    case ComponentType.UserSelect:
      return { users: values };
    case ComponentType.RoleSelect:
      return { roles: values };
    case ComponentType.MentionableSelect:
      return { mentionables: values };
    case ComponentType.ChannelSelect:
      return { channels: values };
  }
}
