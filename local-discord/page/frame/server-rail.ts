import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { Place } from "../state/place.ts";
import { openable } from "../state/listed-channels.ts";
import type { Session } from "../state/state.ts";
import { unreadIn, type Unread } from "../state/unread.ts";
import { useViewContext } from "../view/view-context.ts";
import { bubbleIcon } from "../view/icons.ts";
import { initials } from "../view/names.ts";
import { UnreadMark } from "./unread-mark.ts";

interface Props {
  session: Session | null;
  place: Place | undefined;
  unread: Unread;
  onChoose: (channelId: string) => void;
}

/** The column of round icons for direct messages and servers. A server opens at the channel where the person was last. */
export function ServerRail({ session, place, unread, onChoose }: Props) {
  const { texts } = useViewContext();
  const last = useRef(new Map<string, string>());
  if (session === null) return html`<nav class="rail" aria-label=${texts.servers}></nav>`;
  const { guilds, direct } = session;
  if (place?.guild) last.current.set(place.guild.id, place.id);
  return html`
    <nav class="rail" aria-label=${texts.servers}>
      <${RailIcon}
        name=${texts.directMessages}
        current=${place?.guild === null}
        count=${unread.get(direct.id)}
        onPress=${() => onChoose(direct.id)}
      >
        ${bubbleIcon()}
      <//>
      <span class="rail-line"></span>
      ${guilds.map((guild) => {
        const { id, name, channels, threads } = guild;
        const within = [...openable(channels), ...threads].map((channel) => channel.id);
        const first = within.find((one) => one === last.current.get(id)) ?? within[0];
        return html`
          <${RailIcon}
            key=${id}
            name=${name}
            current=${place?.guild?.id === id}
            count=${unreadIn(unread, within)}
            onPress=${() => first !== undefined && onChoose(first)}
          />
        `;
      })}
    </nav>
  `;
}

interface IconProps {
  name: string;
  current: boolean;
  count: number | undefined;
  onPress: () => void;
  /** The icon; without one, the initials of the name are shown. */
  children?: ComponentChildren;
}

function RailIcon({ name, current, count, onPress, children }: IconProps) {
  const { texts } = useViewContext();
  return html`
    <button
      type="button"
      class=${count === undefined ? "rail-icon" : "rail-icon unread"}
      aria-current=${current ? "true" : undefined}
      aria-label=${count === undefined ? name : texts.unread(name)}
      title=${name}
      data-initials=${children ? undefined : initials(name)}
      onClick=${onPress}
    >
      ${children} ${count ? html`<${UnreadMark} count=${count} />` : null}
    </button>
  `;
}
