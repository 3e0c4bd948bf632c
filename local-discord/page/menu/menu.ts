import type { APIMessage } from "discord-api-types/v10";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Position } from "./popup-menu.ts";

/** The open menu of a message. */
export interface OpenMenu {
  message: APIMessage;
  at: Position;
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
