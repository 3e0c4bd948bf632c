import { ApplicationCommandOptionType, ApplicationCommandType } from "discord-api-types/v10";
import type { FieldFault } from "../errors.ts";
import { invalidForm, notBuilt } from "../errors.ts";

const { Mentionable, Role, Subcommand, SubcommandGroup } = ApplicationCommandOptionType;

/** @see https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const validName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

interface Option {
  type: ApplicationCommandOptionType;
  name: string;
  required?: boolean | undefined;
  autocomplete?: boolean | undefined;
}

interface Command {
  name: string;
  type?: ApplicationCommandType | undefined;
  options?: Option[] | undefined;
}

/**
 * Checks the rules for a command that Discord's schemas do not contain.
 * @throws DiscordError 50035; 404 for features that are not built
 */
export function assertCommand(command: Command): void {
  assertBuilt(command);
  throwAny(faultsOf(command, []));
}

/**
 * Checks a list of commands, in which names must be unique for each type.
 * @throws DiscordError as {@link assertCommand}
 */
export function assertCommands(commands: Command[]): void {
  for (const command of commands) assertBuilt(command);
  const kinds = commands.map(({ name, type }) => `${type ?? ApplicationCommandType.ChatInput} ${name}`);
  throwAny(
    commands.flatMap((command, index) => {
      const path = [String(index)];
      const isDuplicate = kinds.indexOf(kinds[index] ?? "") < index;
      return isDuplicate ? [{ path, ...nameTaken }] : faultsOf(command, path);
    }),
  );
}

function assertBuilt({ options = [] }: Command): void {
  for (const { type, autocomplete } of options) {
    if (type === Subcommand || type === SubcommandGroup) throw notBuilt("subcommands");
    if (type === Role || type === Mentionable) throw notBuilt("options of type ROLE and MENTIONABLE");
    if (autocomplete) throw notBuilt("autocompletion");
  }
}

const nameTaken = {
  code: "APPLICATION_COMMANDS_DUPLICATE_NAME",
  message: "Application command names must be unique",
};

/** Message commands and user commands may have any name, and have no options. */
function faultsOf(
  { name, type = ApplicationCommandType.ChatInput, options = [] }: Command,
  at: string[],
): FieldFault[] {
  if (type !== ApplicationCommandType.ChatInput) return [];
  const optional = options.findIndex(({ required }) => required !== true);
  const names = options.map((option) => option.name);
  return [
    ...badName(name, at),
    ...options.flatMap((option, index) => {
      const path = [...at, "options", String(index)];
      const isLate = option.required === true && optional !== -1 && optional < index;
      return [
        ...badName(option.name, path),
        ...(names.indexOf(option.name) < index ? [{ path: [...path, "name"], ...optionNameTaken }] : []),
        ...(isLate ? [{ path, ...requiredTooLate }] : []),
      ];
    }),
  ];
}

const optionNameTaken = {
  code: "APPLICATION_COMMAND_OPTION_NAME_ALREADY_EXISTS",
  message: "Option names must be unique",
};

const requiredTooLate = {
  code: "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
  message: "Required options must be placed before non-required options",
};

function badName(name: string, path: string[]): FieldFault[] {
  if (validName.test(name) && name === name.toLowerCase()) return [];
  const code = "APPLICATION_COMMAND_INVALID_NAME";
  return [{ path: [...path, "name"], code, message: "Command name is invalid" }];
}

function throwAny(faults: FieldFault[]): void {
  if (faults.length > 0) throw invalidForm(faults);
}
