import { html } from "htm/preact";
import type { Place } from "../state/place.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { channelType } from "../discord.ts";
import { ThreadMenu } from "../threads/thread-menu.ts";
import { useActions } from "../view/actions.ts";
import { menuIcon, nextIcon, peopleIcon, pinIcon, threadIcon, trafficIcon } from "../view/icons.ts";
import { ChannelMarks, ChannelSign } from "./channel-sign.ts";
import { UnreadMark } from "./unread-mark.ts";

/** The panel beside the channel. */
export type Side = "members" | "traffic";

interface Props {
  place: Place | undefined;
  side: Side | null;
  onSide: (side: Side | null) => void;
  navigationShown: boolean;
  /** Number of unread messages elsewhere that ping the person; undefined if nothing is unread. */
  unread: number | undefined;
  onNavigate: () => void;
}

export function ChannelHeader({ place, side, onSide, navigationShown, unread, onNavigate }: Props) {
  const { texts } = useViewContext();
  const toggle = (of: Side, name: string, icon: unknown) => html`
    <button
      type="button"
      class=${`icon-button ${of}-toggle`}
      aria-label=${name}
      title=${name}
      aria-pressed=${side === of}
      onClick=${() => onSide(side === of ? null : of)}
    >
      ${icon}
    </button>
  `;
  return html`
    <header class="channel-header">
      <button
        type="button"
        class="icon-button navigation-toggle"
        aria-label=${unread === undefined ? texts.navigation : texts.unread(texts.navigation)}
        title=${texts.navigation}
        aria-expanded=${navigationShown}
        onClick=${onNavigate}
      >
        ${menuIcon()} <${UnreadMark} count=${unread} />
      </button>
      ${place && html`<${Title} place=${place} />`} ${toggle("traffic", texts.traffic, trafficIcon())}
      ${place?.guild !== null && toggle("members", texts.toggleMembers, peopleIcon())}
    </header>
  `;
}

/** What the place is, and the buttons for its threads. */
function Title({ place }: { place: Place }) {
  const { texts, bot } = useViewContext();
  const actions = useActions();
  const { guild, thread } = place;
  const channel = thread ?? place;
  const opener = (of: "pins" | "threads", icon: unknown) => html`
    <button
      type="button"
      class="icon-button"
      aria-label=${texts[of].title}
      title=${texts[of].title}
      aria-haspopup="dialog"
      onClick=${() => actions?.openDialog({ of })}
    >
      ${icon}
    </button>
  `;
  return html`
    ${
      thread &&
      html`<button type="button" class="header-parent" onClick=${() => actions?.show(thread.parent.id)}>
          <${ChannelSign} channel=${thread.parent} size=${18} /> <span>${thread.parent.name}</span>
        </button>
        ${nextIcon(16)}`
    }
    ${guild === null && bot ? html`<${Avatar} user=${bot} size=${24} />` : html`<${ChannelSign} channel=${channel} size=${22} />`}
    <h2>${place.name}</h2>
    <${ChannelMarks} channel=${channel} />
    ${place.topic && html`<p class="header-topic" title=${place.topic}>${place.topic}</p>`}
    <span class="header-gap"></span>
    ${place.type !== channelType.guildForum && opener("pins", pinIcon(22))}
    ${thread && html`<${ThreadMenu} key=${thread.id} thread=${thread} />`}
    ${guild && place.type === channelType.guildText && opener("threads", threadIcon(22))}
  `;
}
