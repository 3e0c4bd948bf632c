import type { APIApplicationCommand } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { slashCommandsOf, type Invocable } from "../commands/invocables.ts";
import { PickCommandProvider, type PickCommand } from "../commands/pick-command.ts";
import { Composer, focusComposer } from "../composer/composer.ts";
import type { UnsentMessage } from "../composer/unsent-message.ts";
import { commandType } from "../discord.ts";
import { useFileDrop } from "../files/use-file-drop.ts";
import { useFiles } from "../files/use-files.ts";
import { MenuProvider, type OpenMenu } from "../menu/menu.ts";
import { MessageMenu } from "../menu/message-menu.ts";
import { titleOf, type Place } from "../state/place.ts";
import type { State } from "../state/state.ts";
import { timeline } from "../state/timeline.ts";
import { FootBar } from "./foot-bar.ts";
import { MessageList } from "./message-list.ts";
import { ViewerProvider } from "../viewer/viewer.ts";
import { useNewAnswers } from "./use-new-answers.ts";
import { usePages } from "./use-pages.ts";
import { usePostingRefusal } from "../threads/use-posting-refusal.ts";
import { withStarter } from "../threads/with-starter.ts";
import { useFocusWhenLost } from "./use-focus-when-lost.ts";
import { useStickToBottom } from "./use-stick-to-bottom.ts";
import { Welcome } from "./welcome.ts";

const NO_COMMANDS: readonly APIApplicationCommand[] = [];

/** A channel: its messages, and the composer below them. */
export function Channel({ channel, state, unsent }: { channel: Place; state: State; unsent: UnsentMessage }) {
  const { session, rows, dismissed } = state;
  const own = state.messages[channel.id];
  const starter = state.messages[channel.thread?.parent_id ?? ""]?.find(({ id }) => id === channel.id);
  const messages = useMemo(() => own && withStarter(own, starter), [own, starter]);
  const items = useMemo(
    () =>
      timeline(
        messages ?? [],
        rows.filter((row) => row.channelId === channel.id),
        dismissed,
      ),
    [messages, rows, dismissed, channel.id],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { atBottom, jump } = useStickToBottom(scroller, content, items.length === 0);
  const answers = useNewAnswers(messages, { me: session?.user.id, scroller, atBottom });
  const { hidden, edge, busy } = usePages(items.length, { scroller, atBottom });
  // An object, so that picking the same command twice is a change.
  const [picked, setPicked] = useState<{ invocable: Invocable } | null>(null);
  const usable = session?.commands[channel.id] ?? NO_COMMANDS;
  const commands = slashCommandsOf(usable);
  const messageCommands = usable.filter(({ type }) => type === commandType.message);
  const pickCommand: PickCommand = useCallback(
    (id, name) => {
      const own = slashCommandsOf(usable).filter(({ command }) => command.id === id);
      // A mention of a command without subcommands works even after the command was renamed.
      const renamed = name.includes(" ") ? undefined : own.find(({ path }) => path.length === 0);
      const invocable = own.find((one) => one.name === name) ?? renamed;
      return invocable && (() => setPicked({ invocable }));
    },
    [usable],
  );
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const menuHandle = useMemo(() => ({ openFor: menu?.message.id ?? null, open: setMenu }), [menu]);
  const files = useFiles(unsent);
  const postingRefusal = usePostingRefusal(channel);
  const takeFiles = (dropped: File[]) => {
    files.add(dropped);
    focusComposer();
  };
  useFileDrop(state.modal === null && state.dialog === null && postingRefusal === null ? takeFiles : null);
  useFocusWhenLost();

  return html`
    <div class="channel-scroller" ref=${scroller} tabindex="0" role="region" aria-label=${titleOf(channel)}>
      <div class="channel-content" ref=${content}>
        ${
          hidden === 0 &&
          html`<${Welcome}
            channel=${channel}
            commands=${commands}
            onPick=${(invocable: Invocable) => setPicked({ invocable })}
          />`
        }
        <${MenuProvider} value=${menuHandle}>
          <${ViewerProvider}>
            <${PickCommandProvider} value=${pickCommand}>
              ${hidden > 0 && html`<div key=${hidden} ref=${edge}></div>`}
              <${MessageList}
                items=${hidden === 0 ? items : items.slice(hidden)}
                presses=${state.presses}
                busy=${busy}
              />
            <//>
          <//>
        <//>
      </div>
    </div>
    <div class="channel-foot">
      <${FootBar} answers=${answers} atBottom=${atBottom} onJump=${jump} />
      <${Composer}
        channel=${channel}
        session=${session}
        ready=${state.connection === "open"}
        postingRefusal=${postingRefusal}
        picked=${picked}
        files=${files}
        unsent=${unsent}
        asked=${state.asked}
        typing=${state.typing}
        onSent=${jump}
        onEscape=${jump}
      />
    </div>
    ${menu && html`<${MessageMenu} ...${menu} commands=${messageCommands} onClose=${() => setMenu(null)} />`}
  `;
}
