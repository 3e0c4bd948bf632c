import type { APIMessage } from "discord-api-types/v10";
import { html } from "htm/preact";
import { messageType } from "../discord.ts";
import type { SystemType } from "../state/system-message.ts";
import { inFull, sentAt } from "../texts/dates.ts";
import { useActions } from "../view/actions.ts";
import { peopleIcon, penIcon, pinIcon, threadIcon } from "../view/icons.ts";
import { nameIn } from "../view/names.ts";
import { useViewContext, type ViewContext } from "../view/view-context.ts";
import { messageElement } from "./message-element.ts";

/** A message that says what somebody did, such as starting a thread. */
export function SystemMessage({ message, type }: { message: APIMessage; type: SystemType }) {
  const context = useViewContext();
  const { texts, language, today, guild } = context;
  const { id, author, timestamp } = message;
  const at = Date.parse(timestamp);
  const time = sentAt(at, today, language);
  return html`
    <article
      id=${messageElement.idOf(id)}
      class="message system"
      aria-label=${texts.messageLabel(nameIn(guild, author), time)}
    >
      <div class="message-side">${icons[type](18)}</div>
      <p class="message-body">
        ${textOf(type, message, context)}${" "}
        ${type === messageType.threadCreated && html`<${ThreadLink} message=${message} />`}${" "}
        <time datetime=${timestamp} title=${inFull(at, language)}>${time}</time>
      </p>
    </article>
  `;
}

const icons = {
  [messageType.threadCreated]: threadIcon,
  [messageType.recipientAdd]: peopleIcon,
  [messageType.recipientRemove]: peopleIcon,
  [messageType.channelNameChange]: penIcon,
  [messageType.channelPinnedMessage]: pinIcon,
} as const;

function textOf(
  type: SystemType,
  { author, mentions, content }: APIMessage,
  { texts: { threads, pins }, guild }: ViewContext,
): string {
  const who = nameIn(guild, author);
  const whom = mentions.map((user) => nameIn(guild, user)).join(", ");
  switch (type) {
    case messageType.threadCreated:
      return threads.started(who);
    case messageType.recipientAdd:
      return threads.added(who, whom);
    case messageType.recipientRemove:
      return threads.removed(who, whom);
    case messageType.channelNameChange:
      return threads.renamed(who, content);
    case messageType.channelPinnedMessage:
      return pins.pinned(who);
  }
}

function ThreadLink({ message: { content, message_reference: reference } }: { message: APIMessage }) {
  const { threads } = useViewContext();
  const actions = useActions();
  const threadId = reference?.channel_id ?? "";
  if (!threads.has(threadId)) return html`<strong>${content}</strong>`;
  return html`<button type="button" class="link-button" onClick=${() => actions?.show(threadId)}>
    ${content}
  </button>`;
}
