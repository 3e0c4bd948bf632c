import { html } from "htm/preact";
import { useSurroundings } from "../view/contexts.ts";
import { displayName } from "../view/names.ts";

export function UserMention({ id }: { id: string }) {
  const { users, texts } = useSurroundings();
  const user = users.get(id);
  return html`<span class="mention-pill">@${user ? displayName(user) : texts.unknownUser}</span>`;
}

export function ChannelMention({ id }: { id: string }) {
  const { channels, texts } = useSurroundings();
  return html`<span class="mention-pill">#${channels.get(id)?.name ?? texts.unknownChannel}</span>`;
}

export function RoleMention() {
  return html`<span class="mention-pill">@${useSurroundings().texts.role}</span>`;
}

export function CommandMention({ name }: { name: string }) {
  return html`<span class="mention-pill">/${name}</span>`;
}
