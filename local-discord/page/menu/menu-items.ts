import type { APIApplicationCommand } from "discord-api-types/v10";
import { html } from "htm/preact";
import { localName } from "../commands/localize.ts";
import { Avatar } from "../view/avatar.ts";
import { copyIcon } from "../view/icons.ts";
import { useViewContext } from "../view/view-context.ts";

/** The item of a menu that copies a text. */
export function CopyItem({ label, text }: { label: string; text: string }) {
  return html`
    <button
      type="button"
      role="menuitem"
      tabindex="-1"
      onClick=${() => void navigator.clipboard.writeText(text)}
    >
      <span>${label}</span> ${copyIcon()}
    </button>
  `;
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
          <button
            key=${command.id}
            type="button"
            role="menuitem"
            tabindex="-1"
            onClick=${() => onUse(command)}
          >
            <span>${localName(command, language)}</span>
            ${bot && html`<${Avatar} user=${bot} size=${20} />`}
          </button>
        `,
      )}
    </div>
  `;
}
