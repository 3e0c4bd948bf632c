import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { ComponentView } from "../components/component.ts";
import { MessageScope } from "../components/message-scope.ts";
import { messageFlag } from "../discord.ts";
import { AttachmentList } from "../embeds/attachments.ts";
import { EmbedView } from "../embeds/embed.ts";
import { Markdown } from "../markdown/markdown.ts";
import type { Press } from "../state/state.ts";
import { inFull } from "../texts/dates.ts";
import { useViewContext } from "../view/view-context.ts";

interface Props {
  message: APIMessage;
  presses: readonly Press[];
}

/** The text, embeds, attachments and components of a message. A Components V2 message has components only. */
export function MessageContent({ message, presses }: Props) {
  const componentsOnly = ((message.flags ?? 0) & messageFlag.componentsV2) !== 0;
  return html`
    <${MessageScope} message=${message} presses=${presses}>
      ${!componentsOnly && html`<${Classic} message=${message} />`}
      <div class=${componentsOnly ? "layout" : undefined}>
        ${message.components?.map(
          (component, index) => html`<${ComponentView} key=${index} component=${component} />`,
        )}
      </div>
    <//>
    ${componentsOnly && html`<${Edited} at=${message.edited_timestamp} />`}
  `;
}

function Classic({ message }: { message: APIMessage }) {
  const { content, attachments, embeds, edited_timestamp: edited } = message;
  return html`
    ${
      (content !== "" || edited !== null) &&
      html`<div class="message-text"><${Markdown} source=${content} /><${Edited} at=${edited} /></div>`
    }
    ${attachments.length > 0 && html`<${AttachmentList} attachments=${attachments} />`}
    ${embeds.map((embed, index) => html`<${EmbedView} key=${index} embed=${embed} />`)}
  `;
}

function Edited({ at }: { at: string | null }) {
  const { texts, language } = useViewContext();
  if (at === null) return null;
  return html`<time class="edited" datetime=${at} title=${inFull(Date.parse(at), language)}
    >${texts.edited}</time
  >`;
}
