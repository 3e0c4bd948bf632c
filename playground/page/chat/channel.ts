import type { APIApplicationCommand } from "discord-api-types/v10";
import { html } from "htm/preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { ClientChannel } from "../../client-protocol.ts";
import { Composer } from "../composer/composer.ts";
import { commandType } from "../discord.ts";
import type { State } from "../state/state.ts";
import { timeline } from "../state/timeline.ts";
import { JumpToPresent } from "./jump-to-present.ts";
import { MessageList } from "./message-list.ts";
import { useStickToBottom } from "./use-stick-to-bottom.ts";
import { Welcome } from "./welcome.ts";

/** One channel: its messages, and the composer under them. */
export function Channel({ channel, state }: { channel: ClientChannel; state: State }) {
  const { session, rows, dismissed } = state;
  const messages = state.messages[channel.id];
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
  const { atBottom, jump } = useStickToBottom(scroller, content);
  // A new object each time, so that the same command can be picked twice.
  const [picked, setPicked] = useState<{ command: APIApplicationCommand } | null>(null);
  const commands = session?.commands.filter(({ type }) => type === commandType.chatInput) ?? [];

  return html`
    <div class="channel-scroller" ref=${scroller} tabindex="0" role="region" aria-label=${`#${channel.name}`}>
      <div class="channel-content" ref=${content}>
        <${Welcome}
          channel=${channel}
          guildName=${session?.guild.name}
          commands=${commands}
          onPick=${(command: APIApplicationCommand) => setPicked({ command })}
        />
        <${MessageList} items=${items} presses=${state.presses} />
      </div>
    </div>
    <div class="channel-foot">
      ${!atBottom && html`<${JumpToPresent} onJump=${jump} />`}
      <${Composer}
        channel=${channel}
        session=${session}
        ready=${state.connection === "open"}
        picked=${picked}
        onSent=${jump}
        onEscape=${jump}
      />
    </div>
  `;
}
