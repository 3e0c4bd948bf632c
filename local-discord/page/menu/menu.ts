import type { APIMessage } from "discord-api-types/v10";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** The open menu of a message. */
export interface OpenMenu {
  message: APIMessage;
  /** Position in pixels from the window's upper left corner. */
  at: { x: number; y: number };
}

export interface MenuHandle {
  /** Id of the message whose menu is open. */
  openFor: string | null;
  open: (menu: OpenMenu) => void;
}

const MenuContext = createContext<MenuHandle>({ openFor: null, open() {} });

export const MenuProvider = MenuContext.Provider;

export function useMenu(): MenuHandle {
  return useContext(MenuContext);
}
