import type { APIApplicationCommand, APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useState } from "preact/hooks";
import { ActionsProvider, type Actions } from "../view/actions.ts";
import { nameIn } from "../view/names.ts";
import { useViewContext } from "../view/view-context.ts";
import { AppItems, CopyItem } from "./menu-items.ts";
import { PopupMenu, type Position } from "./popup-menu.ts";

interface OpenUserMenu {
  user: APIUser;
  at: Position;
}

const OpenUserMenuContext = createContext<(menu: OpenUserMenu) => void>(() => {});

interface Props {
  actions: Actions | null;
  /** The user commands that the person can use here. */
  commands: readonly APIApplicationCommand[];
  children: ComponentChildren;
}

/** Provides the actions to what is within it, and shows the menu of a person that something within it opens. */
export function UserMenuHost({ actions, commands, children }: Props) {
  const { texts, guild } = useViewContext();
  const [menu, setMenu] = useState<OpenUserMenu | null>(null);
  const { user } = menu ?? {};
  return html`
    <${ActionsProvider} value=${actions}>
      <${OpenUserMenuContext} value=${setMenu}>${children}<//>
    <//>
    ${
      user &&
      html`<${PopupMenu}
        label=${texts.userMenu(nameIn(guild, user))}
        at=${menu?.at}
        onClose=${() => setMenu(null)}
      >
        <${CopyItem} label=${texts.copyUserId} text=${user.id} />
        <${AppItems}
          commands=${commands}
          empty=${texts.noUserApps}
          onUse=${(command: APIApplicationCommand) => actions?.sendUserCommand(command, user)}
        />
      <//>`
    }
  `;
}

/** Returns the handlers of an element that opens the menu of a person: with a press, a right click or a long press. */
export function useUserMenu(user: APIUser) {
  const open = useContext(OpenUserMenuContext);
  return {
    onClick({ currentTarget }: MouseEvent) {
      if (!(currentTarget instanceof Element)) return;
      const { left, bottom } = currentTarget.getBoundingClientRect();
      open({ user, at: { x: left, y: bottom + 4 } });
    },
    onContextMenu(event: MouseEvent) {
      // With Shift, the browser shows its own menu.
      if (event.shiftKey) return;
      event.preventDefault();
      // The message around it has a menu too.
      event.stopPropagation();
      open({ user, at: { x: event.clientX, y: event.clientY } });
    },
  };
}
