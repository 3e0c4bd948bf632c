import { html } from "htm/preact";
import type { Session } from "../state/state.ts";
import { useSurroundings } from "../view/contexts.ts";
import { chevronIcon, hashIcon } from "../view/icons.ts";

interface Props {
  session: Session | null;
  channelId: string | null;
  onChoose: (channelId: string) => void;
}

export function ChannelSidebar({ session, channelId, onChoose }: Props) {
  const { texts } = useSurroundings();
  return html`
    <nav class="sidebar" aria-label=${texts.channels}>
      <h1 class="sidebar-guild">${session?.guild.name ?? texts.title}</h1>
      <h2 class="sidebar-heading">${texts.textChannels} ${chevronIcon(12)}</h2>
      <ul class="channel-list">
        ${session?.channels.map(
          ({ id, name }) => html`
            <li key=${id}>
              <button
                class="channel-link"
                aria-current=${id === channelId ? "page" : undefined}
                onClick=${() => onChoose(id)}
              >
                ${hashIcon()} <span>${name}</span>
              </button>
            </li>
          `,
        )}
      </ul>
    </nav>
  `;
}
