import { ApplicationCommandType } from "discord-api-types/v10";
import { invalidForm } from "../errors.ts";

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const validName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

interface Command {
  name: string;
  type?: ApplicationCommandType | undefined;
  options?: { name: string; required?: boolean | undefined }[] | undefined;
}

interface Fault {
  path: string[];
  code: string;
  message: string;
}

/** What Discord demands of a command and no schema holds. Throws 50035. */
export function assertCommand(command: Command): void {
  throwAny(faultsOf(command, []));
}

/** The same of a list, in which each name stands once for each type. */
export function assertCommands(commands: Command[]): void {
  const kinds = commands.map(({ name, type }) => `${type ?? ApplicationCommandType.ChatInput} ${name}`);
  throwAny(
    commands.flatMap((command, index) => {
      const path = [String(index)];
      const doubled = kinds.indexOf(kinds[index] ?? "") < index;
      return doubled ? [{ path, ...nameTaken }] : faultsOf(command, path);
    }),
  );
}

const nameTaken = {
  code: "APPLICATION_COMMANDS_DUPLICATE_NAME",
  message: "Application command names must be unique",
};

/** Commands of messages and users may have any name, and have no options. */
function faultsOf(
  { name, type = ApplicationCommandType.ChatInput, options = [] }: Command,
  at: string[],
): Fault[] {
  if (type !== ApplicationCommandType.ChatInput) return [];
  const optional = options.findIndex(({ required }) => required !== true);
  return [
    ...badName(name, at),
    ...options.flatMap((option, index) => {
      const path = [...at, "options", String(index)];
      const late = option.required === true && optional !== -1 && optional < index;
      return [...badName(option.name, path), ...(late ? [{ path, ...requiredTooLate }] : [])];
    }),
  ];
}

const requiredTooLate = {
  code: "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
  message: "Required options must be placed before non-required options",
};

function badName(name: string, path: string[]): Fault[] {
  if (validName.test(name) && name === name.toLowerCase()) return [];
  const code = "APPLICATION_COMMAND_INVALID_NAME";
  return [{ path: [...path, "name"], code, message: "Command name is invalid" }];
}

function throwAny(faults: Fault[]): void {
  if (faults.length > 0) throw invalidForm(faults);
}
