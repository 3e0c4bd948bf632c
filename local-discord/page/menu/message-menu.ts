import type { APIApplicationCommand } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { localName } from "../commands/localize.ts";
import { useActions } from "../view/actions.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { copyIcon } from "../view/icons.ts";
import type { OpenMenu } from "./menu.ts";
import { nextFocus } from "./next-focus.ts";

interface Props extends OpenMenu {
  /** The message commands that the person can use here. */
  commands: readonly APIApplicationCommand[];
  onClose: () => void;
}

/** The menu of a message. It takes the focus, and returns it when it closes. */
export function MessageMenu({ message, at, commands, onClose }: Props) {
  const { texts, language, bot } = useViewContext();
  const actions = useActions();
  const menu = useRef<HTMLDivElement>(null);
  const place = usePlace(menu, at);
  useModalFocus(menu, onClose);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const next = nextFocus(event.key, items, document.activeElement);
    if (next === null && event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (next === null) onClose();
    else next.focus();
  };
  const choose = (act: () => void) => () => {
    onClose();
    act();
  };
  return html`
    <div
      class="menu-scrim"
      onClick=${onClose}
      onContextMenu=${(event: Event) => (event.preventDefault(), onClose())}
    >
      <div
        class="menu"
        role="menu"
        aria-label=${texts.messageMenu}
        tabindex="-1"
        ref=${menu}
        style=${place}
        onKeyDown=${onKeyDown}
        onClick=${(event: Event) => event.stopPropagation()}
      >
        ${
          message.content !== "" &&
          html`<button
            type="button"
            role="menuitem"
            tabindex="-1"
            onClick=${choose(() => void navigator.clipboard.writeText(message.content))}
          >
            <span>${texts.copyText}</span> ${copyIcon()}
          </button>`
        }
        <div role="group" aria-labelledby="menu-apps">
          <div class="menu-heading" id="menu-apps">${texts.apps}</div>
          ${commands.length === 0 && html`<p class="menu-empty">${texts.noApps}</p>`}
          ${commands.map(
            (command) => html`
              <button
                key=${command.id}
                type="button"
                role="menuitem"
                tabindex="-1"
                onClick=${choose(() => actions?.sendMessageCommand(command, message))}
              >
                <span>${localName(command, language)}</span>
                ${bot && html`<${Avatar} user=${bot} size=${20} />`}
              </button>
            `,
          )}
        </div>
      </div>
    </div>
  `;
}

/** Places the menu beside the pointer, but within the window. */
function usePlace(menu: { current: HTMLElement | null }, { x, y }: OpenMenu["at"]) {
  const [place, setPlace] = useState({ left: `${x}px`, top: `${y}px` });
  useLayoutEffect(() => {
    const { width = 0, height = 0 } = menu.current?.getBoundingClientRect() ?? {};
    const within = (position: number, size: number, room: number) =>
      Math.max(8, Math.min(position, room - size - 8));
    setPlace({
      left: `${within(x, width, window.innerWidth)}px`,
      top: `${within(y, height, window.innerHeight)}px`,
    });
  }, [x, y]);
  return place;
}

function useModalFocus(menu: { current: HTMLElement | null }, onClose: () => void): void {
  useEffect(() => {
    const before = document.activeElement;
    (menu.current?.querySelector<HTMLElement>("[role=menuitem]") ?? menu.current)?.focus();
    window.addEventListener("resize", onClose);
    return () => {
      window.removeEventListener("resize", onClose);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
}
