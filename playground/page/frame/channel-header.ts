import { html } from "htm/preact";
import type { Place } from "../state/place.ts";
import { Avatar } from "../view/avatar.ts";
import { useSurroundings } from "../view/contexts.ts";
import { hashIcon, menuIcon, peopleIcon } from "../view/icons.ts";

interface Props {
  channel: Place | undefined;
  membersShown: boolean;
  onToggleMembers: () => void;
  navigationShown: boolean;
  /** Something is unread elsewhere. */
  unread: boolean;
  onNavigate: () => void;
}

export function ChannelHeader({ channel, membersShown, onToggleMembers, ...props }: Props) {
  const { texts, bot } = useSurroundings();
  const { navigationShown, unread, onNavigate } = props;
  return html`
    <header class="channel-header">
      <button
        type="button"
        class="icon-button navigation-toggle"
        aria-label=${unread ? texts.unread(texts.navigation) : texts.navigation}
        title=${texts.navigation}
        aria-expanded=${navigationShown}
        onClick=${onNavigate}
      >
        ${menuIcon()} ${unread && html`<span class="unread-badge"></span>`}
      </button>
      ${channel?.direct && bot ? html`<${Avatar} user=${bot} size=${24} />` : hashIcon(22)}
      <h2>${channel?.name}</h2>
      ${
        !channel?.direct &&
        html`<button
          type="button"
          class="icon-button members-toggle"
          aria-label=${texts.toggleMembers}
          title=${texts.toggleMembers}
          aria-pressed=${membersShown}
          onClick=${onToggleMembers}
        >
          ${peopleIcon()}
        </button>`
      }
    </header>
  `;
}
