import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import type { Session } from "../state/state.ts";
import { Avatar } from "../view/avatar.ts";
import { useSurroundings } from "../view/contexts.ts";
import { chevronIcon, hashIcon } from "../view/icons.ts";
import { displayName } from "../view/names.ts";
import { StatusDot } from "./status-dot.ts";

interface Props {
  session: Session | null;
  channelId: string | null;
  unread: ReadonlySet<string>;
  onChoose: (channelId: string) => void;
}

/** The server's channels, or the direct messages: whichever of them one is in. */
export function ChannelSidebar({ session, channelId, unread, onChoose }: Props) {
  const { texts } = useSurroundings();
  const inDirect = session !== null && channelId === session.direct.id;
  const link = (id: string, children: ComponentChildren) => html`
    <li key=${id}>
      <button
        type="button"
        class=${unread.has(id) ? "channel-link unread" : "channel-link"}
        aria-current=${id === channelId ? "page" : undefined}
        onClick=${() => onChoose(id)}
      >
        ${children}
      </button>
    </li>
  `;
  return html`
    <nav class="sidebar" aria-label=${texts.channels}>
      <h1 class="sidebar-guild">${inDirect ? texts.title : (session?.guild.name ?? texts.title)}</h1>
      <h2 class="sidebar-heading">
        ${inDirect ? texts.directMessages : html`${texts.textChannels} ${chevronIcon(12)}`}
      </h2>
      <ul class="channel-list">
        ${
          session !== null && inDirect
            ? link(session.direct.id, html`<${Bot} session=${session} />`)
            : session?.channels.map(({ id, name }) => link(id, html`${hashIcon()} <span>${name}</span>`))
        }
      </ul>
    </nav>
  `;
}

function Bot({ session: { bot, bot_online: online } }: { session: Session }) {
  return html`
    <span class="avatar-with-status"
      ><${Avatar} user=${bot} size=${32} /><${StatusDot} online=${online}
    /></span>
    <span>${displayName(bot)}</span>
  `;
}
