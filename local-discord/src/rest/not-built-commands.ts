import { ApplicationCommandType, ApplicationIntegrationType } from "discord-api-types/v10";
import type { Command } from "./command-rules.ts";
import type { Option } from "./option-rules.ts";

interface InstalledCommand extends Command {
  integration_types?: readonly ApplicationIntegrationType[] | null | undefined;
}

/** Returns the names of what a command uses and the local Discord does not have, as in "autocompletion". */
export function notBuiltIn({ type, options, integration_types: installed }: InstalledCommand): string[] {
  const { PrimaryEntryPoint } = ApplicationCommandType;
  const forUsersOnly = installed?.every((kind) => kind === ApplicationIntegrationType.UserInstall) ?? false;
  return [
    ...(type === PrimaryEntryPoint ? ["entry point commands"] : []),
    ...(forUsersOnly ? ["apps that are installed to a user"] : []),
    ...(hasAutocomplete(options) ? ["autocompletion"] : []),
  ];
}

function hasAutocomplete(options: readonly Option[] | null | undefined): boolean {
  return options?.some((option) => option.autocomplete === true || hasAutocomplete(option.options)) ?? false;
}
