import type { APIMessage } from "discord-api-types/v10";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** A message's menu, where it was asked for. */
export interface OpenMenu {
  message: APIMessage;
  /** In pixels from the window's upper left corner. */
  at: { x: number; y: number };
}

export interface MenuHandle {
  /** The id of the message whose menu is open. */
  openFor: string | null;
  open: (menu: OpenMenu) => void;
}

const MenuContext = createContext<MenuHandle>({ openFor: null, open() {} });

export const MenuProvider = MenuContext.Provider;

export function useMenu(): MenuHandle {
  return useContext(MenuContext);
}
