import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { firstText } from "../components/first-text.ts";
import { Markdown } from "../markdown/markdown.ts";
import { Avatar } from "../view/avatar.ts";
import { useSurroundings } from "../view/contexts.ts";
import { displayName } from "../view/names.ts";

/** The first line of the message that is being replied to; null for one that is gone. */
export function ReplyPreview({ to }: { to: APIMessage | null | undefined }) {
  const { texts } = useSurroundings();
  if (!to) {
    const lost = to === null ? texts.deletedReply : texts.unknownReply;
    return html`<div class="message-header"><em>${lost}</em></div>`;
  }
  const [line = ""] = (to.content || firstText(to.components)).split("\n");
  return html`
    <div class="message-header" aria-label=${texts.replyTo(displayName(to.author))}>
      <${Avatar} user=${to.author} size=${16} />
      <span class="header-name">${displayName(to.author)}</span>
      <span class="reply-text"><${Markdown} source=${line} /></span>
    </div>
  `;
}
