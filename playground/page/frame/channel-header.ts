import { html } from "htm/preact";
import type { ClientChannel } from "../../client-protocol.ts";
import { useSurroundings } from "../view/contexts.ts";
import { hashIcon, peopleIcon } from "../view/icons.ts";

interface Props {
  channel: ClientChannel | undefined;
  membersShown: boolean;
  onToggleMembers: () => void;
}

export function ChannelHeader({ channel, membersShown, onToggleMembers }: Props) {
  const { texts } = useSurroundings();
  return html`
    <header class="channel-header">
      ${hashIcon(22)}
      <h2>${channel?.name}</h2>
      <button
        class="icon-button members-toggle"
        aria-label=${texts.toggleMembers}
        title=${texts.toggleMembers}
        aria-pressed=${membersShown}
        onClick=${onToggleMembers}
      >
        ${peopleIcon()}
      </button>
    </header>
  `;
}
