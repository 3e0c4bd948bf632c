import { html } from "htm/preact";
import type { Invocable } from "../commands/invocables.ts";
import { localSummary, localTitle } from "../commands/localize.ts";
import type { Place } from "../state/place.ts";
import { Avatar } from "../view/avatar.ts";
import { useViewContext } from "../view/view-context.ts";
import { ChannelSign } from "../frame/channel-sign.ts";
import { slashIcon } from "../view/icons.ts";
import { displayName } from "../view/names.ts";

interface Props {
  channel: Place;
  commands: readonly Invocable[];
  onPick: (command: Invocable) => void;
}

/** The head of a channel: its name, and the commands that the person can use in it. */
export function Welcome({ channel, commands, onPick }: Props) {
  const { texts, language, bot } = useViewContext();
  const { name, guild, thread } = channel;
  if (thread !== null) return html`<${ThreadWelcome} thread=${thread} />`;
  return html`
    <section class="welcome">
      <div class="welcome-sign">
        ${guild === null && bot ? html`<${Avatar} user=${bot} size=${80} />` : html`<${ChannelSign} channel=${channel} size=${40} />`}
      </div>
      <h2>${guild ? texts.welcome(name) : name}</h2>
      <p>${guild ? texts.welcomeStart(name, guild.name) : texts.directStart(name)}</p>
      ${commands.length === 0 ? html`<p>${texts.welcomeNoCommands}</p>` : html`<p>${texts.welcomeHint}</p>`}
      <ul class="welcome-commands">
        ${commands.map(
          (command) => html`
            <li key=${`${command.command.id} ${command.name}`}>
              <button type="button" class="welcome-command" onClick=${() => onPick(command)}>
                ${slashIcon()}
                <span>
                  <strong>/${localTitle(command, language)}</strong>
                  <span class="welcome-description">${localSummary(command, language)}</span>
                </span>
              </button>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

/** The head of a thread: its name, and who started it. */
function ThreadWelcome({ thread }: { thread: NonNullable<Place["thread"]> }) {
  const { texts, users } = useViewContext();
  const owner = users.get(thread.owner_id);
  const startedBy = owner ? displayName(owner) : texts.unknownUser;
  return html`
    <section class="welcome">
      <div class="welcome-sign"><${ChannelSign} channel=${thread} size=${40} /></div>
      <h2>${thread.name}</h2>
      <p>${texts.threads.startedBy(startedBy, `#${thread.parent.name}`)}</p>
    </section>
  `;
}
