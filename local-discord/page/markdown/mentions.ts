import { html } from "htm/preact";
import { usePickCommand } from "../commands/pick-command.ts";
import { useViewContext } from "../view/view-context.ts";
import { nameIn } from "../view/names.ts";

export function UserMention({ id }: { id: string }) {
  const { users, texts, guild } = useViewContext();
  const user = users.get(id);
  return html`<span class="mention-pill">@${user ? nameIn(guild, user) : texts.unknownUser}</span>`;
}

export function ChannelMention({ id }: { id: string }) {
  const { channels, threads, texts } = useViewContext();
  const sign = threads.has(id) ? "" : "#";
  return html`<span class="mention-pill">${sign}${channels.get(id)?.name ?? texts.unknownChannel}</span>`;
}

export function RoleMention() {
  return html`<span class="mention-pill">@${useViewContext().texts.role}</span>`;
}

/**
 * The mention of a command. A click starts the command in the composer. A mention that the person cannot use is plain text.
 * @param name the name, and those of a subcommand group and a subcommand if it has them: "project create"
 */
export function CommandMention({ name, id }: { name: string; id: string }) {
  const pick = usePickCommand()(id, name);
  return pick
    ? html`<button type="button" class="mention-pill" onClick=${pick}>/${name}</button>`
    : html`<span>/${name}</span>`;
}
