import type { APIMessage, APISelectMenuComponent } from "discord-api-types/v10";
import { ComponentType } from "discord-api-types/v10";
import type { Fault, FieldFault, Wording } from "../errors.ts";
import { faultAt, invalidForm } from "../errors.ts";
import { locateComponents } from "./components.ts";

const selectTypes = new Set<ComponentType>([
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]);

export function isSelect<T extends { type: ComponentType }>(
  component: T,
): component is Extract<T, APISelectMenuComponent> {
  return selectTypes.has(component.type);
}

/**
 * Checks the select menus of a message, and that nothing is beside one in its action row.
 * @throws DiscordError 50035
 * @see https://discord.com/developers/docs/components/reference#string-select
 */
export function assertSelects(message: APIMessage): void {
  const faults = locateComponents(message).flatMap(({ component, path }) => {
    if (component.type === ComponentType.ActionRow) return widthFaults(component.components, path);
    return isSelect(component) ? selectFaults(component, path) : [];
  });
  if (faults.length > 0) throw invalidForm(faults);
}

/** A select menu takes the whole width of its action row. */
function widthFaults(components: readonly { type: ComponentType }[], path: readonly string[]): FieldFault[] {
  if (!components.some(isSelect)) return [];
  return tooWide(components).map((fault) => faultAt(path, fault));
}

/** Returns the errors of all components but the first one of a row in which there is room for one. */
export function tooWide(components: readonly unknown[]): Fault[] {
  return components.slice(1).map((_, index) => [`components.${index + 1}`, widthExceeded]);
}

/**
 * Returns the errors of one select menu that Discord's schemas do not find: limits that contradict each other, duplicate
 * options, and the number of default values. Empty default values count as none.
 * @param path of the select menu in the request body
 * @param required whether the person must choose something. In messages this matters only if the bot says it:
 *   https://github.com/discord/discord-api-docs/issues/7800
 */
export function selectFaults(
  select: APISelectMenuComponent,
  path: readonly string[],
  required: boolean = select.required === true,
): FieldFault[] {
  const { least, most } = selectBounds(select);
  const at = (...fault: Fault) => faultAt(path, fault);
  const options = select.type === ComponentType.StringSelect ? select.options : null;
  const defaults = options ? options.filter((one) => one.default === true) : defaultsOf(select);
  const place = options ? "options" : "default_values";
  return [
    ...(required && select.min_values === 0 ? [at("min_values", requiredButZero)] : []),
    ...(least > most ? [at("min_values", lessThan(most))] : []),
    ...(options ? duplicateOptions(options).map((index) => at(`options.${index}.value`, duplicated)) : []),
    ...(options && options.length < most ? [at("options", longerThan(most))] : []),
    ...(defaults.length > most ? [at(place, tooManyDefaults)] : []),
    ...(!options && defaults.length > 0 && defaults.length < least ? [at(place, tooFewDefaults)] : []),
  ];
}

/** Returns the least and the largest number of values that a person may choose. */
export function selectBounds(select: Pick<APISelectMenuComponent, "min_values" | "max_values">) {
  return { least: select.min_values ?? 1, most: select.max_values ?? 1 };
}

function defaultsOf(select: APISelectMenuComponent): readonly object[] {
  return "default_values" in select ? (select.default_values ?? []) : [];
}

/** Returns the indexes of the options whose value an earlier option has. */
export function duplicateOptions(options: readonly { value: string }[]): number[] {
  const values = options.map(({ value }) => value);
  return [...values.keys()].filter((index) => values.indexOf(values[index] ?? "") < index);
}

export function lessThan(limit: number): Wording {
  return ["NUMBER_TYPE_MAX", `Value must be less than or equal to ${limit}.`];
}

function longerThan(limit: number): Wording {
  return ["BASE_TYPE_MIN_LENGTH", `Must be ${limit} or more in length.`];
}

const widthExceeded = [
  "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
  "The specified component exceeds the maximum width",
] as const;
const duplicated = [
  "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
  "The specified option value is already used",
] as const;
const tooManyDefaults = [
  "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
  "The specified number of default values exceeds the specified maximum values",
] as const;
const tooFewDefaults = [
  "SELECT_COMPONENT_TOO_FEW_DEFAULT_VALUES",
  "The specified number of default values is less than the specified minimum values",
] as const;
const requiredButZero = [
  "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
  "Select menus marked as required cannot have a min_values of 0",
] as const;
