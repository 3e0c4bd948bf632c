import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
} from "discord-api-types/v10";
import { ApplicationCommandOptionType } from "discord-api-types/v10";
import { Refused } from "./refused.ts";

export type OptionValue = string | number | boolean;

export interface FilledOption {
  name: string;
  type: number;
  value: OptionValue;
}

/** What the person filled in, in the shape an interaction carries. Throws Refused, which says what does not fit. */
export function fillOptions(
  command: APIApplicationCommand,
  values: Record<string, OptionValue>,
): FilledOption[] {
  const options = (command.options ?? []).filter(isPlain);
  const unknown = Object.keys(values).find((name) => !options.some((option) => option.name === name));
  if (unknown !== undefined) throw new Refused(`/${command.name} has no option "${unknown}".`);
  return options.flatMap(({ name, type, required }) => {
    const value = values[name];
    if (value !== undefined) return [{ name, type, value }];
    if (required) throw new Refused(`/${command.name} needs its option "${name}".`);
    return [];
  });
}

/** Subcommands are not served yet. */
function isPlain(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
  return option.type !== Subcommand && option.type !== SubcommandGroup;
}
