import { ApplicationCommandType } from "discord-api-types/v10";
import type { FieldFault } from "../errors.ts";
import { cannotRemoveEntryPoint, invalidForm, tooManyCommands } from "../errors.ts";
import { commandSize } from "./command-size.ts";
import { badLocales, badNames, type Localized } from "./name-rules.ts";
import { optionFaults, type Option } from "./option-rules.ts";

const { ChatInput, Message, PrimaryEntryPoint, User } = ApplicationCommandType;

const MAX_COMMAND_CHARACTERS = 8_000;

/** @see https://discord.com/developers/docs/interactions/application-commands#registering-a-command */
const MAX_COMMANDS = { [ChatInput]: 100, [User]: 15, [Message]: 15, [PrimaryEntryPoint]: 1 };

export interface Command extends Localized {
  type?: ApplicationCommandType | null | undefined;
  options?: readonly Option[] | null | undefined;
}

/** The commands of a guild, or the global ones. */
interface Scope {
  /** Id of the guild; null for global commands. */
  guildId: string | null;
  /** The commands that are registered before the request. */
  registered: readonly Command[];
}

/**
 * Checks the rules for a command that Discord's schemas do not contain.
 * @throws DiscordError 50035; 30032 for one command too many of its type
 */
export function assertCommand(command: Command, { guildId, registered }: Scope): void {
  throwAny(faultsOf(command, { at: [], guildId }));
  const others = registered.filter(
    (other) => !(typeOf(other) === typeOf(command) && other.name === command.name),
  );
  assertCount([...others, command]);
}

/**
 * Checks a list of commands that replaces the registered ones. Names must be unique for each type.
 * @throws DiscordError as {@link assertCommand}; 50240 if the list lacks the entry point command
 */
export function assertCommands(commands: readonly Command[], { guildId, registered }: Scope): void {
  const kinds = commands.map((command) => `${typeOf(command)} ${command.name}`);
  throwAny(
    commands.flatMap((command, index) => {
      const at = [String(index)];
      const isDuplicate = kinds.indexOf(kinds[index] ?? "") < index;
      return isDuplicate ? [{ path: at, ...nameTaken }] : faultsOf(command, { at, guildId });
    }),
  );
  assertCount(commands);
  const launches = (command: Command) => typeOf(command) === PrimaryEntryPoint;
  if (registered.some(launches) && !commands.some(launches)) throw cannotRemoveEntryPoint();
}

function typeOf({ type }: Command): ApplicationCommandType {
  return type ?? ChatInput;
}

function assertCount(commands: readonly Command[]): void {
  for (const type of [ChatInput, User, Message, PrimaryEntryPoint] as const) {
    const count = commands.filter((command) => typeOf(command) === type).length;
    if (count > MAX_COMMANDS[type]) throw tooManyCommands(MAX_COMMANDS[type]);
  }
}

function faultsOf(command: Command, { at, guildId }: { at: string[]; guildId: string | null }): FieldFault[] {
  const locales = badLocales(command, at);
  if (typeOf(command) === ChatInput) return [...locales, ...slashFaults(command, at)];
  const launches = typeOf(command) === PrimaryEntryPoint;
  const { description, options } = command;
  return [
    ...locales,
    ...(description && !launches ? [{ path: [...at, "description"], ...descriptionOfMenuCommand }] : []),
    ...(options?.length ? [{ path: [...at, "options"], ...optionsOfMenuCommand }] : []),
    ...(launches && guildId !== null ? [{ path: [...at, "type"], ...entryPointOfGuild }] : []),
  ];
}

function slashFaults(command: Command, at: string[]): FieldFault[] {
  const { description, options } = command;
  const size = commandSize(command);
  return [
    ...badNames(command, at),
    ...(description ? [] : [{ path: [...at, "description"], ...(description === "" ? empty : missing) }]),
    ...optionFaults(options ?? [], [...at, "options"]),
    ...(size > MAX_COMMAND_CHARACTERS ? [{ path: at, ...tooLarge }] : []),
  ];
}

const nameTaken = {
  code: "APPLICATION_COMMANDS_DUPLICATE_NAME",
  message: "Application command names must be unique",
};

const missing = { code: "BASE_TYPE_REQUIRED", message: "This field is required" };

const empty = { code: "BASE_TYPE_BAD_LENGTH", message: "Must be between 1 and 100 in length." };

const tooLarge = {
  code: "APPLICATION_COMMAND_TOO_LARGE",
  message: `Command exceeds maximum size (${MAX_COMMAND_CHARACTERS})`,
};

const optionsOfMenuCommand = {
  code: "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID",
  message: "Context menu commands cannot have options",
};

const descriptionOfMenuCommand = {
  code: "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID",
  message: "Context menu commands cannot have description",
};

const entryPointOfGuild = {
  code: "BASE_TYPE_CHOICES",
  message: 'Value of field "type" must be one of (1, 2, 3).',
};

function throwAny(faults: FieldFault[]): void {
  if (faults.length > 0) throw invalidForm(faults);
}
