import { ApplicationCommandType, ApplicationIntegrationType } from "discord-api-types/v10";
import type { Command } from "./command-rules.ts";

interface InstalledCommand extends Command {
  integration_types?: readonly ApplicationIntegrationType[] | null | undefined;
}

/** Returns the names of what a command uses and the local Discord does not have, as in "entry point commands". */
export function notBuiltIn({ type, integration_types: installed }: InstalledCommand): string[] {
  const { PrimaryEntryPoint } = ApplicationCommandType;
  const forUsersOnly = installed?.every((kind) => kind === ApplicationIntegrationType.UserInstall) ?? false;
  return [
    ...(type === PrimaryEntryPoint ? ["entry point commands"] : []),
    ...(forUsersOnly ? ["apps that are installed to a user"] : []),
  ];
}
