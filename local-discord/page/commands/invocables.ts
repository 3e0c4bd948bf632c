import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  APIApplicationCommandSubcommandGroupOption,
  APIApplicationCommandSubcommandOption,
} from "discord-api-types/v10";
import { commandType, optionType } from "../discord.ts";

/*
 * The server imports this file too, so that scripts and the page know the same commands.
 */

type Subcommand = APIApplicationCommandSubcommandOption;
type Group = APIApplicationCommandSubcommandGroupOption;

/** What a person can use of a slash command: the command itself, or one of its subcommands. */
export interface Invocable {
  command: APIApplicationCommand;
  /** The subcommand, after its group if it is in one. Empty for a command without subcommands. */
  path: readonly (Group | Subcommand)[];
  /** Names of the command, group and subcommand, as in "project create". */
  name: string;
  options: readonly APIApplicationCommandBasicOption[];
}

/** Returns the commands that can be typed: slash commands, or their subcommands. */
export function slashCommandsOf(commands: readonly APIApplicationCommand[]): Invocable[] {
  return commands.filter(({ type }) => type === commandType.chatInput).flatMap(invocablesOf);
}

/** Returns the subcommands of a slash command, or the command itself if it has none. */
export function invocablesOf(command: APIApplicationCommand): Invocable[] {
  const options = command.options ?? [];
  if (!options.some(isNested)) {
    return [{ command, path: [], name: command.name, options: options.filter(isBasic) }];
  }
  return options.flatMap((option) => {
    if (option.type === optionType.subcommand) return [subcommand(command, [option], option)];
    if (option.type !== optionType.subcommandGroup) return [];
    return (option.options ?? []).map((inner) => subcommand(command, [option, inner], inner));
  });
}

function subcommand(
  command: APIApplicationCommand,
  path: readonly (Group | Subcommand)[],
  { options = [] }: Subcommand,
): Invocable {
  return { command, path, name: [command, ...path].map(({ name }) => name).join(" "), options };
}

function isNested({ type }: APIApplicationCommandOption): boolean {
  return type === optionType.subcommand || type === optionType.subcommandGroup;
}

function isBasic(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  return !isNested(option);
}
