import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** Begins the command with this id in the composer; undefined for one that this person cannot use here. */
export type PickCommand = (id: string) => (() => void) | undefined;

const PickCommandContext = createContext<PickCommand>(() => undefined);

export const PickCommandProvider = PickCommandContext.Provider;

export function usePickCommand(): PickCommand {
  return useContext(PickCommandContext);
}
