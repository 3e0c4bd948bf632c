import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { ComponentView } from "../components/component.ts";
import { MessageScope } from "../components/message-scope.ts";
import { messageFlag } from "../discord.ts";
import { AttachmentView } from "../embeds/attachment.ts";
import { EmbedView } from "../embeds/embed.ts";
import { Markdown } from "../markdown/markdown.ts";
import type { Press } from "../state/state.ts";
import { useSurroundings } from "../view/contexts.ts";

interface Props {
  message: APIMessage;
  presses: readonly Press[];
}

/** Text, embeds, attachments and components; of a Components V2 message the components only. */
export function MessageContent({ message, presses }: Props) {
  const componentsOnly = ((message.flags ?? 0) & messageFlag.componentsV2) !== 0;
  return html`
    ${!componentsOnly && html`<${Classic} message=${message} />`}
    <${MessageScope} message=${message} presses=${presses}>
      <div class=${componentsOnly ? "layout" : undefined}>
        ${message.components?.map(
          (component, index) => html`<${ComponentView} key=${index} component=${component} />`,
        )}
      </div>
    <//>
    ${componentsOnly && html`<${Edited} message=${message} />`}
  `;
}

function Classic({ message }: { message: APIMessage }) {
  const { content, attachments, embeds, edited_timestamp: edited } = message;
  return html`
    ${
      (content !== "" || edited !== null) &&
      html`<div class="message-text"><${Markdown} source=${content} /><${Edited} message=${message} /></div>`
    }
    ${attachments.length > 0 && html`<div class="attachments">${attachments.map(attachmentView)}</div>`}
    ${embeds.map((embed, index) => html`<${EmbedView} key=${index} embed=${embed} />`)}
  `;
}

function attachmentView(attachment: APIMessage["attachments"][number]) {
  return html`<${AttachmentView} key=${attachment.id} attachment=${attachment} />`;
}

function Edited({ message }: { message: APIMessage }) {
  const { texts } = useSurroundings();
  return message.edited_timestamp === null ? null : html`<span class="edited">${texts.edited}</span>`;
}
