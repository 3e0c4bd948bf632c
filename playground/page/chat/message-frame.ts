import type { APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import type { ComponentChildren } from "preact";
import { inFull, sentAt, timeOfDay } from "../texts/dates.ts";
import { AppTag } from "../view/app-tag.ts";
import { Avatar } from "../view/avatar.ts";
import { useSurroundings } from "../view/contexts.ts";
import { displayName } from "../view/names.ts";
import { OnlyYou } from "./only-you.ts";

interface Props {
  author: APIUser;
  at: number;
  /** Under another message of its author: no avatar, no name. */
  grouped?: boolean;
  /** The line above: what this answers. */
  header?: ComponentChildren;
  /** Only this person sees it, and may wave it away. */
  onDismiss?: (() => void) | undefined;
  tone?: "mention" | "pending";
  children: ComponentChildren;
}

/** What messages and local rows have in common: who, when, and the two columns. */
export function MessageFrame({ author, at, grouped = false, header, onDismiss, tone, children }: Props) {
  const { language, texts, today } = useSurroundings();
  const classes = ["message", grouped && "grouped", onDismiss && "ephemeral", tone].filter(Boolean).join(" ");
  const label = texts.messageLabel(displayName(author), sentAt(at, today, language));
  return html`
    <article class=${classes} aria-label=${label}>
      ${header}
      <div class="message-side">
        ${grouped ? html`<${Time} at=${at} text=${timeOfDay(at, language)} />` : html`<${Avatar} user=${author} />`}
      </div>
      <div class="message-body">
        ${
          !grouped &&
          html`<h3 class="message-author">
            <span class="author-name">${displayName(author)}</span>
            ${author.bot && html`<${AppTag} />`}
            <${Time} at=${at} text=${sentAt(at, today, language)} />
          </h3>`
        }
        ${children} ${onDismiss && html`<${OnlyYou} onDismiss=${onDismiss} />`}
      </div>
    </article>
  `;
}

function Time({ at, text }: { at: number; text: string }) {
  const { language } = useSurroundings();
  return html`<time datetime=${new Date(at).toISOString()} title=${inFull(at, language)}>${text}</time>`;
}
