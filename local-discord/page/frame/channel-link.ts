import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { useViewContext } from "../view/view-context.ts";
import { UnreadMark } from "./unread-mark.ts";

interface Props {
  name: string;
  /** The name with what the sign and the marks mean, for screen readers. */
  label: string;
  sign: ComponentChildren;
  marks?: ComponentChildren;
  /** Whether it is open. */
  current: boolean;
  /** Number of unread messages that ping the person; undefined if nothing is unread. */
  unread: number | undefined;
  onPress: () => void;
}

/** A channel or thread in the sidebar. */
export function ChannelLink({ name, label, sign, marks, current, unread, onPress }: Props) {
  const { texts } = useViewContext();
  return html`
    <button
      type="button"
      class=${unread === undefined ? "channel-link" : "channel-link unread"}
      aria-current=${current ? "page" : undefined}
      aria-label=${unread === undefined ? label : texts.unread(label)}
      onClick=${onPress}
    >
      ${sign} <span class="channel-name">${name}</span> ${marks} <${UnreadMark} count=${unread} />
    </button>
  `;
}
