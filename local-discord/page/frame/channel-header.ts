import { html } from "htm/preact";
import type { Place } from "../state/place.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { hashIcon, menuIcon, peopleIcon, trafficIcon } from "../view/icons.ts";
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
  const { texts, bot } = useViewContext();
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
      ${place?.guild === null && bot ? html`<${Avatar} user=${bot} size=${24} />` : hashIcon(22)}
      <h2>${place?.name}</h2>
      ${toggle("traffic", texts.traffic, trafficIcon())}
      ${place?.guild !== null && toggle("members", texts.toggleMembers, peopleIcon())}
    </header>
  `;
}
