import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import type { Place } from "../state/place.ts";
import type { Session } from "../state/state.ts";
import type { Unread } from "../state/unread.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { hashIcon } from "../view/icons.ts";
import { displayName } from "../view/names.ts";
import { StatusDot } from "./status-dot.ts";
import { UnreadMark } from "./unread-mark.ts";

interface Props {
  session: Session | null;
  place: Place | undefined;
  unread: Unread;
  onChoose: (channelId: string) => void;
}

/** The channels of the current server, or the direct messages. */
export function ChannelSidebar({ session, place, unread, onChoose }: Props) {
  const { texts } = useViewContext();
  const guild = place?.guild;
  const link = (id: string, name: string, sign: ComponentChildren) => html`
    <li key=${id}>
      <button
        type="button"
        class=${unread.has(id) ? "channel-link unread" : "channel-link"}
        aria-current=${id === place?.id ? "page" : undefined}
        aria-label=${unread.has(id) ? texts.unread(name) : undefined}
        onClick=${() => onChoose(id)}
      >
        ${sign} <span>${name}</span> <${UnreadMark} count=${unread.get(id)} />
      </button>
    </li>
  `;
  return html`
    <nav class="sidebar" aria-label=${texts.channels}>
      <h1 class="sidebar-guild">${guild?.name ?? texts.title}</h1>
      <h2 class="sidebar-heading">${guild ? texts.textChannels : texts.directMessages}</h2>
      <ul class="channel-list">
        ${
          guild
            ? guild.channels.map(({ id, name }) => link(id, name, hashIcon()))
            : session &&
              link(session.direct.id, displayName(session.bot), html`<${Face} session=${session} />`)
        }
      </ul>
    </nav>
  `;
}

function Face({ session: { bot, bot_online: online } }: { session: Session }) {
  return html`<span class="avatar-with-status"
    ><${Avatar} user=${bot} size=${32} /><${StatusDot} online=${online}
  /></span>`;
}
