import type { APIApplicationCommand } from "discord-api-types/v10";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/**
 * Returns a function that starts the command with this id in the composer; undefined if the person cannot use it here.
 * @param path names of the subcommand group and subcommand
 */
export type PickCommand = (id: string, path: readonly string[]) => (() => void) | undefined;

/** A command that was picked outside of the composer, to start there. */
export interface PickedCommand {
  command: APIApplicationCommand;
  path: readonly string[];
}

const PickCommandContext = createContext<PickCommand>(() => undefined);

export const PickCommandProvider = PickCommandContext.Provider;

export function usePickCommand(): PickCommand {
  return useContext(PickCommandContext);
}
