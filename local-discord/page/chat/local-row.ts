import { html } from "htm/preact";
import { Markdown } from "../markdown/markdown.ts";
import type { LocalRow, Note } from "../state/state.ts";
import type { Texts } from "../texts/en.ts";
import { useActions } from "../view/actions.ts";
import { useViewContext } from "../view/view-context.ts";
import { memo } from "../view/memo.ts";
import { FailedNote } from "./failed-note.ts";
import { MessageFrame } from "./message-frame.ts";
import { Dots } from "./thinking.ts";
import { UsedCommand } from "./used-command.ts";

/** A row that exists only in this window: a pending or failed message or command, or a note to the person. */
export const LocalRowView = memo(({ row }: { row: LocalRow }) => {
  const { me, bot, texts } = useViewContext();
  const actions = useActions();
  if (me === null || bot === null) return null;
  const dismiss = () => actions?.dismiss(row.nonce);
  switch (row.kind) {
    case "message":
      return html`
        <${MessageFrame}
          author=${me}
          at=${row.at}
          tone="pending"
          onDismiss=${row.status === "failed" ? dismiss : undefined}
        >
          <div class="message-text"><${Markdown} source=${row.content} /></div>
          ${row.status === "failed" && html`<${FailedNote} text=${texts.messageFailed} reason=${row.reason} />`}
        <//>
      `;
    case "command": {
      const header = html`<${UsedCommand} user=${me} title=${row.title} channelId=${row.channelId} />`;
      if (row.status === "sending") {
        return html`<${MessageFrame} author=${bot} at=${row.at} header=${header}>
          <p class="waiting"><${Dots} /> ${texts.sendingCommand}</p>
        <//>`;
      }
      return html`<${MessageFrame} author=${bot} at=${row.at} header=${header} onDismiss=${dismiss}>
        <${FailedNote} reason=${row.reason} />
      <//>`;
    }
    case "note":
      return html`<${MessageFrame}
        author=${{ ...bot, id: "0", username: texts.title, global_name: null, avatar: null, accent_color: 0x5865f2 }}
        at=${row.at}
        onDismiss=${dismiss}
      >
        <div class="message-text">${noteText(row.note, texts)}</div>
      <//>`;
  }
});

function noteText(note: Note, texts: Texts): string {
  if (note.of === "unknownCommand") return texts.unknownCommand(note.commandName);
  if (note.of === "refused") return note.reason ?? texts.notDone;
  const names = note.names.join(", ");
  return note.of === "tooLarge" ? texts.tooLarge(names, note.names.length) : texts.tooMany(names);
}
