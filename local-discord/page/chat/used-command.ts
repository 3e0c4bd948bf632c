import type { APIMessage, APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import { localUsedTitle } from "../commands/localize.ts";
import { interactionType, messageType } from "../discord.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { nameColorIn, nameIn } from "../view/names.ts";

interface Props {
  user: APIUser;
  /** With the default names, as in "/ping". */
  title: string;
  channelId: string;
}

/**
 * The line above an answer, as in "ketchup used /ping". Like Discord, it has the command's name in the reader's language:
 * https://github.com/discord/discord-api-docs/issues/5309
 */
export function UsedCommand({ user, title, channelId }: Props) {
  const { texts, guild, commands, language } = useViewContext();
  return html`
    <div class="message-header">
      <${Avatar} user=${user} size=${16} />
      <span class="header-name" style=${{ color: nameColorIn(guild, user) }}>${nameIn(guild, user)}</span>
      ${texts.used}
      <span class="command-name">${localUsedTitle(title, commands[channelId] ?? [], language)}</span>
    </div>
  `;
}

/** Returns who used the command that a message answers, and its title, as in "/ping"; null if the message answers none. */
export function commandAnswered({
  type,
  interaction,
  interaction_metadata,
}: APIMessage): { user: APIUser; title: string } | null {
  const slash = type === messageType.contextMenuCommand ? "" : "/";
  // The answer to the submit of a modal has the name of the command that opened the modal.
  if (interaction) return { user: interaction.user, title: slash + interaction.name };
  // Discord sends its own client the name here too, though it documents it only for `interaction`.
  if (interaction_metadata?.type !== interactionType.command) return null;
  const { user, name } = interaction_metadata as typeof interaction_metadata & { name?: string };
  return name === undefined ? null : { user, title: slash + name };
}
