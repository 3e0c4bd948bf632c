import type {
  APIApplicationCommand,
  APIApplicationCommandOption,
  APIApplicationCommandSubcommandGroupOption,
  APIApplicationCommandSubcommandOption,
} from "discord-api-types/v10";
import { optionType } from "../discord.ts";

type Subcommand = APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption;
type Step = APIApplicationCommand | Subcommand;

/**
 * Returns a command and the subcommand group and subcommand that a path of names leads to, outermost first; null if it leads to
 * nothing. The path may end before a subcommand.
 */
export function stepsOf(command: APIApplicationCommand, path: readonly string[]): readonly Step[] | null {
  const steps: Step[] = [command];
  for (const name of path) {
    const options: readonly APIApplicationCommandOption[] = steps.at(-1)?.options ?? [];
    const next = options.filter(isSubcommand).find((option) => option.name === name);
    if (next === undefined) return null;
    steps.push(next);
  }
  return steps;
}

function isSubcommand(option: APIApplicationCommandOption): option is Subcommand {
  return option.type === optionType.subcommand || option.type === optionType.subcommandGroup;
}
