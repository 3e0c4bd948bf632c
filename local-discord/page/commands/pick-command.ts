import { createContext } from "preact";
import { useContext } from "preact/hooks";

/**
 * Returns a function that starts a command in the composer; undefined if the person cannot use it here. Its name tells apart
 * the subcommands of the command with this id.
 */
export type PickCommand = (id: string, name: string) => (() => void) | undefined;

const PickCommandContext = createContext<PickCommand>(() => undefined);

export const PickCommandProvider = PickCommandContext.Provider;

export function usePickCommand(): PickCommand {
  return useContext(PickCommandContext);
}
