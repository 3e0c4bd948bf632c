import type { APIApplicationCommandBasicOption, APIAttachment } from "discord-api-types/v10";
import { ApplicationCommandOptionType } from "discord-api-types/v10";
import type { Invocable } from "../../page/commands/invocables.ts";
import type { File } from "../messages/upload.ts";
import { hasAcceptedType } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { storeEphemeralFile } from "./ephemeral-file.ts";
import { assertCanSendFiles, NotAllowedError } from "./not-allowed.ts";
import type { Invocation } from "./invocation.ts";
import { expectedInstead } from "./option-rules.ts";
import type { ChosenIds } from "./resolve-ids.ts";
import { resolveIds } from "./resolve-ids.ts";

/** The value of an option: a file for an attachment, an id for a user, role or channel. */
export type OptionValue = string | number | boolean | File;

/** An option with the value that a person entered. */
interface ChosenOption {
  option: APIApplicationCommandBasicOption;
  value: OptionValue;
}

/**
 * Returns the entered values in the form that an interaction has: within the subcommand and its group, if there are any.
 * @throws NotAllowedError for values that do not match the command's options
 */
export function fillOptions(
  discord: Discord,
  where: Pick<Invocation, "user" | "channelId">,
  { invocable, values }: { invocable: Invocable; values: Record<string, OptionValue> },
): { options: object[]; resolved?: object } {
  const chosen = chooseOptions(invocable, values);
  const ids = resolveIds(discord.world, where, chosenIds(chosen));
  assertChannelTypes(discord, chosen);
  assertCanSendFiles(chosen.flatMap(({ value }) => (typeof value === "object" ? [value] : [])));
  const attachments: Record<string, APIAttachment> = {};
  const options = chosen.map(({ option: { name, type }, value }) => {
    if (typeof value !== "object") return { name, type, value };
    const attachment = storeEphemeralFile(discord, value);
    attachments[attachment.id] = attachment;
    return { name, type, value: attachment.id };
  });
  const resolved = { ...ids, ...(Object.keys(attachments).length > 0 ? { attachments } : {}) };
  return {
    options: withinSubcommand(invocable, options),
    ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
  };
}

/** Returns the options within their subcommand and its group, if there are any. */
export function withinSubcommand({ path }: Invocable, options: readonly object[]): object[] {
  return path.reduceRight<object[]>(
    (inner, { name, type }) => [{ name, type, options: inner }],
    [...options],
  );
}

function chosenIds(chosen: readonly ChosenOption[]): ChosenIds {
  const idsOf = (wanted: ApplicationCommandOptionType) =>
    chosen.flatMap(({ option, value }) =>
      option.type === wanted && typeof value === "string" ? [value] : [],
    );
  const { Channel, Mentionable, Role, User } = ApplicationCommandOptionType;
  return {
    users: idsOf(User),
    roles: idsOf(Role),
    channels: idsOf(Channel),
    mentionables: idsOf(Mentionable),
  };
}

/** @throws NotAllowedError for a channel of a type that its option does not accept */
function assertChannelTypes({ world }: Discord, chosen: readonly ChosenOption[]): void {
  for (const { option, value } of chosen) {
    if (option.type !== ApplicationCommandOptionType.Channel) continue;
    if (typeof value === "string" && hasAcceptedType(world, value, option.channel_types)) continue;
    throw new NotAllowedError(`The option "${option.name}" does not accept this type of channel.`);
  }
}

function chooseOptions(
  { name: title, options }: Invocable,
  values: Record<string, OptionValue>,
): ChosenOption[] {
  const missing = options.find(({ name, required }) => required && values[name] === undefined);
  assertKnownOptions({ name: title, options }, values);
  if (missing) throw new NotAllowedError(`/${title} needs its option "${missing.name}".`);
  return givenOptions({ name: title, options }, values);
}

function assertKnownOptions(
  { name: title, options }: Pick<Invocable, "name" | "options">,
  values: Record<string, OptionValue>,
): void {
  const unknown = Object.keys(values).find((name) => !options.some((option) => option.name === name));
  if (unknown !== undefined) throw new NotAllowedError(`/${title} has no option "${unknown}".`);
}

/**
 * Returns the options that have a value, in the order of the command.
 * @throws NotAllowedError for values that do not match the command's options
 */
export function givenOptions(
  { name: title, options }: Pick<Invocable, "name" | "options">,
  values: Record<string, OptionValue>,
): ChosenOption[] {
  assertKnownOptions({ name: title, options }, values);
  return options.flatMap((option) => {
    const { name } = option;
    const value = values[name];
    if (value === undefined) return [];
    const expected = expectedInstead(option, value);
    if (expected) throw new NotAllowedError(`The option "${name}" of /${title} takes ${expected}.`);
    return [{ option, value }];
  });
}
