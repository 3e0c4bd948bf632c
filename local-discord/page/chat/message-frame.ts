import type { APIMessage, APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { MoreButton } from "../menu/more-button.ts";
import { UserButton } from "../menu/user-button.ts";
import { useUserMenu } from "../menu/user-menu.ts";
import { useMessageMenu } from "../menu/use-message-menu.ts";
import { inFull, sentAt, timeOfDay } from "../texts/dates.ts";
import { AppTag } from "../view/app-tag.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { pinIcon } from "../view/icons.ts";
import { nameColorIn, nameIn } from "../view/names.ts";
import { OnlyYou } from "./only-you.ts";

interface Props {
  author: APIUser;
  at: number;
  /** Id of the element. */
  id?: string;
  /** Whether it follows a message of the same author, and shows no avatar and name. */
  grouped?: boolean;
  /** The line above, which says what the message answers. */
  header?: ComponentChildren;
  /** Set for rows that only this person sees, and can dismiss. */
  onDismiss?: (() => void) | undefined;
  /** The message of the frame's menu; without one there is no menu. */
  menuOf?: APIMessage | undefined;
  /** Whether the message is marked as pinned. */
  pinned?: boolean;
  tone?: "mention" | "pending";
  children: ComponentChildren;
}

/** The frame of messages and local rows: author, time, and the two columns. */
export function MessageFrame({
  author,
  at,
  id,
  grouped = false,
  header,
  onDismiss,
  menuOf,
  pinned = false,
  tone,
  children,
}: Props) {
  const userMenu = useUserMenu(author);
  const { language, texts, today, guild } = useViewContext();
  const color = nameColorIn(guild, author);
  const classes = ["message", grouped && "grouped", onDismiss && "ephemeral", tone].filter(Boolean).join(" ");
  const label = texts.messageLabel(nameIn(guild, author), sentAt(at, today, language));
  const menuHandlers = useMessageMenu(menuOf);
  return html`
    <article id=${id} class=${classes} aria-label=${label} ...${menuHandlers}>
      ${header}
      <div class="message-side">
        ${
          grouped
            ? html`<${Time} at=${at} text=${timeOfDay(at, language)} />`
            : html`<span class="author-avatar" ...${userMenu}><${Avatar} user=${author} /></span>`
        }
      </div>
      <div class="message-body">
        ${
          !grouped &&
          html`<h3 class="message-author">
            <${UserButton} user=${author} class="author-name" color=${color}>${nameIn(guild, author)}<//>
            ${author.bot && html`<${AppTag} />`}
            <${Time} at=${at} text=${sentAt(at, today, language)} />
          </h3>`
        }
        ${pinned && html`<p class="pin-mark">${pinIcon(14)} ${texts.pins.mark}</p>`} ${children}
        ${onDismiss && html`<${OnlyYou} onDismiss=${onDismiss} />`}
      </div>
      ${menuOf && html`<${MoreButton} message=${menuOf} />`}
    </article>
  `;
}

function Time({ at, text }: { at: number; text: string }) {
  const { language } = useViewContext();
  return html`<time datetime=${new Date(at).toISOString()} title=${inFull(at, language)}>${text}</time>`;
}
