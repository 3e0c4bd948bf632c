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
import { lacksStarter } from "../threads/with-starter.ts";
import { systemTypeOf } from "../state/system-message.ts";
import { SystemMessage } from "./system-message.ts";
import { messageElement } from "./message-element.ts";
import { MessageContent } from "./message-content.ts";
import { MessageFrame } from "./message-frame.ts";
import { Reactions } from "./reactions.ts";
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
  // In the thread itself, the message is the first one.
  const thread = message.type === messageType.threadStarterMessage ? undefined : threads.get(message.id);
  const type = systemTypeOf(message);
  if (type !== undefined) return html`<${SystemMessage} message=${message} type=${type} />`;
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
      pinned=${message.pinned}
      menuOf=${loading || isEphemeral(message) ? undefined : message}
      onDismiss=${isEphemeral(message) ? () => actions?.dismiss(message.id) : undefined}
    >
      ${
        loading
          ? html`<${Thinking} author=${message.author} since=${at} />`
          : html`<${MessageContent} message=${message} presses=${presses} />`
      }
      <${Reactions} message=${message} />
      ${thread && thread.id !== message.channel_id && html`<${ThreadBox} thread=${thread} />`}
    <//>
  `;
});

function headerOf(message: APIMessage) {
  if (lacksStarter(message)) return html`<${ReplyPreview} to=${null} />`;
  const answered = commandAnswered(message);
  if (answered !== null) return html`<${UsedCommand} ...${answered} channelId=${message.channel_id} />`;
  if (message.type === messageType.reply) return html`<${ReplyPreview} to=${message.referenced_message} />`;
  return null;
}
