import type { APIMessage, APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import { interactionType, messageType } from "../discord.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { displayName } from "../view/names.ts";

/** "ketchup used /ping", above an answer. */
export function UsedCommand({ user, title }: { user: APIUser; title: string }) {
  const { texts } = useViewContext();
  return html`
    <div class="message-header">
      <${Avatar} user=${user} size=${16} />
      <span class="header-name">${displayName(user)}</span> ${texts.used}
      <span class="command-name">${title}</span>
    </div>
  `;
}

/** The command a message answers, a slash command with its slash; null for one that answers none. */
export function commandAnswered({
  type,
  interaction,
  interaction_metadata,
}: APIMessage): { user: APIUser; title: string } | null {
  const slash = type === messageType.contextMenuCommand ? "" : "/";
  if (interaction?.type === interactionType.command)
    return { user: interaction.user, title: slash + interaction.name };
  // Discord tells its own client the name here too, though it documents it for bots only in `interaction`.
  if (interaction_metadata?.type !== interactionType.command) return null;
  const { user, name } = interaction_metadata as typeof interaction_metadata & { name?: string };
  return name === undefined ? null : { user, title: slash + name };
}
