import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Selection } from "../state/state.ts";

const SelectionsContext = createContext<readonly Selection[]>([]);

export const SelectionsProvider = SelectionsContext.Provider;

/** Returns what the person chose in select menus in this window. */
export function useSelections(): readonly Selection[] {
  return useContext(SelectionsContext);
}
