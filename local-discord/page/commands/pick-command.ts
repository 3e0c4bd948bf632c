import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** Returns a function that starts the command with this id in the composer; undefined if the person cannot use it here. */
export type PickCommand = (id: string) => (() => void) | undefined;

const PickCommandContext = createContext<PickCommand>(() => undefined);

export const PickCommandProvider = PickCommandContext.Provider;

export function usePickCommand(): PickCommand {
  return useContext(PickCommandContext);
}
