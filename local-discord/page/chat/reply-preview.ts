import type { APIMessage, APIMessageComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { Markdown } from "../markdown/markdown.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { nameColorIn, nameIn } from "../view/names.ts";
import { componentType } from "../discord.ts";

/** The first line of the message that a message replies to. `to` is null if that was deleted. */
export function ReplyPreview({ to }: { to: APIMessage | null | undefined }) {
  const { texts, guild } = useViewContext();
  if (!to) {
    const lost = to === null ? texts.deletedReply : texts.unknownReply;
    return html`<div class="message-header"><em>${lost}</em></div>`;
  }
  const [line = ""] = (to.content || firstText(to.components)).split("\n");
  return html`
    <div class="message-header" aria-label=${texts.replyTo(nameIn(guild, to.author))}>
      <${Avatar} user=${to.author} size=${16} />
      <span class="header-name" style=${{ color: nameColorIn(guild, to.author) }}
        >${nameIn(guild, to.author)}</span
      >
      <span class="reply-text"><${Markdown} source=${line} /></span>
    </div>
  `;
}

/** Returns the text of the first text display at any depth, or an empty text if the message has no text display. */
function firstText(components: readonly APIMessageComponent[] = []): string {
  for (const component of components) {
    if (component.type === componentType.textDisplay) return component.content;
    const inside = "components" in component ? firstText(component.components) : "";
    if (inside !== "") return inside;
  }
  return "";
}
