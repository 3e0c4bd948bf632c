import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { messageFlag, messageType } from "../discord.ts";
import type { Press } from "../state/state.ts";
import { isEphemeral } from "../state/timeline.ts";
import { isMentioned } from "../state/unread.ts";
import { useActions } from "../view/actions.ts";
import { useViewContext } from "../view/view-context.ts";
import { memo } from "../view/memo.ts";
import { ThreadBox } from "../threads/thread-box.ts";
import { ThreadCreated } from "../threads/thread-created.ts";
import { lacksStarter } from "../threads/with-starter.ts";
import { messageElement } from "./message-element.ts";
import { MessageContent } from "./message-content.ts";
import { MessageFrame } from "./message-frame.ts";
import { ReplyPreview } from "./reply-preview.ts";
import { Thinking } from "./thinking.ts";
import { commandAnswered, UsedCommand } from "./used-command.ts";

interface Props {
  message: APIMessage;
  grouped: boolean;
  /** Pending and failed presses of its buttons in this window. */
  presses: readonly Press[];
}

export const Message = memo(({ message, grouped, presses }: Props) => {
  const { me, threads } = useViewContext();
  const actions = useActions();
  const thread = threads.get(message.id);
  if (message.type === messageType.threadCreated) return html`<${ThreadCreated} message=${message} />`;
  const at = Date.parse(message.timestamp);
  const loading = ((message.flags ?? 0) & messageFlag.loading) !== 0;
  return html`
    <${MessageFrame}
      id=${messageElement.idOf(message.id)}
      author=${message.author}
      at=${at}
      grouped=${grouped}
      header=${grouped ? null : headerOf(message)}
      tone=${isMentioned(message, me?.id) ? "mention" : undefined}
      menuOf=${loading || isEphemeral(message) ? undefined : message}
      onDismiss=${isEphemeral(message) ? () => actions?.dismiss(message.id) : undefined}
    >
      ${
        loading
          ? html`<${Thinking} author=${message.author} since=${at} />`
          : html`<${MessageContent} message=${message} presses=${presses} />`
      }
      ${thread && message.type !== messageType.threadStarterMessage && html`<${ThreadBox} thread=${thread} />`}
    <//>
  `;
});

function headerOf(message: APIMessage) {
  if (lacksStarter(message)) return html`<${ReplyPreview} to=${null} />`;
  const answered = commandAnswered(message);
  if (answered !== null) return html`<${UsedCommand} ...${answered} />`;
  if (message.type === messageType.reply) return html`<${ReplyPreview} to=${message.referenced_message} />`;
  return null;
}
