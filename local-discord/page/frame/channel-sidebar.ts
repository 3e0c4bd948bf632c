import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import type { ClientChannel, ClientGuild, ClientThread } from "../../src/client-protocol.ts";
import type { Place } from "../state/place.ts";
import type { Session } from "../state/state.ts";
import type { Unread } from "../state/unread.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { displayName } from "../view/names.ts";
import { threadsBelow } from "../threads/order.ts";
import { ChannelMarks, ChannelSign, fullNameOf } from "./channel-sign.ts";
import { StatusDot } from "./status-dot.ts";
import { UnreadMark } from "./unread-mark.ts";

interface Props {
  session: Session | null;
  place: Place | undefined;
  unread: Unread;
  onChoose: (channelId: string) => void;
}

interface Name {
  shown: string;
  /** For screen readers. */
  full: string;
  sign: ComponentChildren;
  marks?: ComponentChildren;
}

/** The channels of the current server, or the direct messages. */
export function ChannelSidebar({ session, place, unread, onChoose }: Props) {
  const { texts } = useViewContext();
  const guild = place?.guild;
  const link = (id: string, name: Name, below?: ComponentChildren) => html`
    <li key=${id}>
      <button
        type="button"
        class=${unread.has(id) ? "channel-link unread" : "channel-link"}
        aria-current=${id === place?.id ? "page" : undefined}
        aria-label=${unread.has(id) ? texts.unread(name.full) : name.full}
        onClick=${() => onChoose(id)}
      >
        ${name.sign} <span class="channel-name">${name.shown}</span> ${name.marks}
        <${UnreadMark} count=${unread.get(id)} />
      </button>
      ${below}
    </li>
  `;
  const channelLink = (channel: ClientChannel | ClientThread, below?: ComponentChildren) =>
    link(
      channel.id,
      {
        shown: channel.name,
        full: fullNameOf(channel, texts),
        sign: html`<${ChannelSign} channel=${channel} />`,
        marks: html`<${ChannelMarks} channel=${channel} />`,
      },
      below,
    );
  const threads = (of: ClientGuild, { id }: ClientChannel) => {
    const shown = threadsBelow(of, id, { userId: session?.user.id, openId: place?.id });
    return (
      shown.length > 0 &&
      html`<ul class="thread-links">
        ${shown.map((thread) => channelLink(thread))}
      </ul>`
    );
  };
  return html`
    <nav class="sidebar" aria-label=${texts.channels}>
      <h1 class="sidebar-guild">${guild?.name ?? texts.title}</h1>
      <h2 class="sidebar-heading">${guild ? texts.textChannels : texts.directMessages}</h2>
      <ul class="channel-list">
        ${
          guild
            ? guild.channels.map((channel) => channelLink(channel, threads(guild, channel)))
            : session &&
              link(session.direct.id, {
                shown: displayName(session.bot),
                full: displayName(session.bot),
                sign: html`<${Face} session=${session} />`,
              })
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
