import type { APIApplicationCommand } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { localName } from "../commands/localize.ts";
import { Avatar } from "../view/avatar.ts";
import { copyIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";

interface ItemProps {
  label: string;
  onPress: () => void;
  /** What is behind the label. */
  children?: ComponentChildren;
}

/** An item of a menu. */
export function MenuItem({ label, onPress, children }: ItemProps) {
  return html`
    <button type="button" role="menuitem" tabindex="-1" onClick=${onPress}>
      <span>${label}</span> ${children}
    </button>
  `;
}

/** The item of a menu that copies a text. */
export function CopyItem({ label, text }: { label: string; text: string }) {
  const copy = () => void navigator.clipboard.writeText(text);
  return html`<${MenuItem} label=${label} onPress=${copy}>${copyIcon()}<//>`;
}

interface Props {
  commands: readonly APIApplicationCommand[];
  /** Text that is shown if there are no commands. */
  empty: string;
  onUse: (command: APIApplicationCommand) => void;
}

/** The group of a menu with the commands of apps. */
export function AppItems({ commands, empty, onUse }: Props) {
  const { texts, language, bot } = useViewContext();
  return html`
    <div role="group" aria-labelledby="menu-apps">
      <div class="menu-heading" id="menu-apps">${texts.apps}</div>
      ${commands.length === 0 && html`<p class="menu-empty">${empty}</p>`}
      ${commands.map(
        (command) => html`
          <${MenuItem}
            key=${command.id}
            label=${localName(command, language)}
            onPress=${() => onUse(command)}
          >
            ${bot && html`<${Avatar} user=${bot} size=${20} />`}
          <//>
        `,
      )}
    </div>
  `;
}
