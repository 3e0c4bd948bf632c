import { html } from "htm/preact";
import type { Session } from "../state/state.ts";
import { useSurroundings } from "../view/contexts.ts";
import { bubbleIcon } from "../view/icons.ts";
import { initials } from "../view/names.ts";

interface Props {
  session: Session | null;
  channelId: string | null;
  unread: ReadonlySet<string>;
  onChoose: (channelId: string) => void;
}

/** The column of round icons: the direct messages, and the one server. */
export function ServerRail({ session, channelId, unread, onChoose }: Props) {
  const { texts } = useSurroundings();
  if (session === null) return html`<nav class="rail" aria-label=${texts.servers}></nav>`;
  const { guild, direct, channels } = session;
  const inDirect = channelId === direct.id;
  const hasUnread = unread.has(direct.id);
  return html`
    <nav class="rail" aria-label=${texts.servers}>
      <button
        type="button"
        class="rail-icon"
        aria-current=${inDirect ? "true" : undefined}
        aria-label=${hasUnread ? texts.unread(texts.directMessages) : texts.directMessages}
        title=${texts.directMessages}
        onClick=${() => onChoose(direct.id)}
      >
        ${bubbleIcon()} ${hasUnread && html`<span class="unread-badge"></span>`}
      </button>
      <span class="rail-line"></span>
      <button
        type="button"
        class="rail-icon"
        aria-current=${inDirect ? undefined : "true"}
        aria-label=${guild.name}
        title=${guild.name}
        onClick=${() => onChoose(inDirect ? (channels[0]?.id ?? "") : (channelId ?? ""))}
      >
        ${initials(guild.name)}
      </button>
    </nav>
  `;
}
