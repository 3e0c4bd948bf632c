import { html } from "htm/preact";
import type { ClientChannel, ClientGuild, ClientThread } from "../../src/client-protocol.ts";
import { channelType } from "../discord.ts";
import { openable } from "../state/listed-channels.ts";
import type { Place } from "../state/place.ts";
import type { Session } from "../state/state.ts";
import type { Unread } from "../state/unread.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { displayName } from "../view/names.ts";
import { threadsBelow } from "../threads/order.ts";
import { ChannelLink } from "./channel-link.ts";
import { ChannelMarks, ChannelSign, fullNameOf } from "./channel-sign.ts";
import { StatusDot } from "./status-dot.ts";

interface Props {
  session: Session | null;
  place: Place | undefined;
  unread: Unread;
  onChoose: (channelId: string) => void;
}

/** The channels of the current server with their threads, or the direct messages. */
export function ChannelSidebar({ session, place, unread, onChoose }: Props) {
  const { texts } = useViewContext();
  const guild = place?.guild;
  const stateOf = (id: string) => ({
    current: id === place?.id,
    unread: unread.get(id),
    onPress: () => onChoose(id),
  });
  const link = (channel: ClientChannel | ClientThread) => html`
    <${ChannelLink}
      name=${channel.name}
      label=${fullNameOf(channel, texts)}
      sign=${html`<${ChannelSign} channel=${channel} />`}
      marks=${html`<${ChannelMarks} channel=${channel} />`}
      ...${stateOf(channel.id)}
    />
  `;
  const threads = (channel: ClientChannel) =>
    guild ? threadsBelow(guild, channel.id, { userId: session?.user.id, openId: place?.id }) : [];
  return html`
    <nav class="sidebar" aria-label=${texts.channels}>
      <h1 class="sidebar-guild">${guild?.name ?? texts.title}</h1>
      ${groupsOf(guild).map(
        ({ category, channels }) => html`
          <h2 key=${category?.id} class="sidebar-heading">
            ${category?.name ?? (guild ? texts.textChannels : texts.directMessages)}
          </h2>
          <ul class="channel-list">
            ${channels.map(
              (channel) => html`
                <li key=${channel.id}>
                  ${link(channel)}
                  <ul class="thread-links">
                    ${threads(channel).map((thread) => html`<li key=${thread.id}>${link(thread)}</li>`)}
                  </ul>
                </li>
              `,
            )}
            ${!guild && session && html`<li><${DirectLink} session=${session} ...${stateOf(session.direct.id)} /></li>`}
          </ul>
        `,
      )}
    </nav>
  `;
}

interface Group {
  /** null for the channels without a category, and for direct messages. */
  category: ClientChannel | null;
  channels: readonly ClientChannel[];
}

/** Returns the categories of a server with their channels. The channels without a category come first. */
function groupsOf(guild: ClientGuild | null | undefined): readonly Group[] {
  const all = guild?.channels ?? [];
  const below = (id: string | null) => openable(all).filter(({ category_id }) => category_id === id);
  const categories = all
    .filter(({ type }) => type === channelType.guildCategory)
    .map((category) => ({ category, channels: below(category.id) }));
  const others = { category: null, channels: below(null) };
  return others.channels.length > 0 || categories.length === 0 ? [others, ...categories] : categories;
}

interface DirectProps {
  session: Session;
  current: boolean;
  unread: number | undefined;
  onPress: () => void;
}

/** The direct messages with the bot. */
function DirectLink({ session, ...state }: DirectProps) {
  const name = displayName(session.bot);
  const sign = html`<${Face} session=${session} />`;
  return html`<${ChannelLink} name=${name} label=${name} sign=${sign} ...${state} />`;
}

function Face({ session: { bot, bot_online: online } }: { session: Session }) {
  return html`<span class="avatar-with-status"
    ><${Avatar} user=${bot} size=${32} /><${StatusDot} online=${online}
  /></span>`;
}
