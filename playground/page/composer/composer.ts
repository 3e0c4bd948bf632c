import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import type { ClientChannel } from "../../client-protocol.ts";
import { explain } from "../commands/explain.ts";
import { useSurroundings } from "../view/contexts.ts";
import { sendIcon } from "../view/icons.ts";
import { displayName } from "../view/names.ts";
import { CommandHint, hintId } from "./command-hint.ts";
import { activeEntry } from "./draft.ts";
import { Mirror } from "./mirror.ts";
import { entryId, listId, SuggestionList } from "./suggestion-list.ts";
import { useComposer, type ComposerProps } from "./use-composer.ts";
import { useTypeAnywhere } from "./use-type-anywhere.ts";

/** Where messages and commands are typed. */
export function Composer({ channel, ...props }: ComposerProps & { channel: ClientChannel }) {
  const { language, texts } = useSurroundings();
  const { bot, bot_online: botOnline } = props.session;
  const area = useRef<HTMLTextAreaElement>(null);
  const { draft, line, list, accept, choose, submit, onKeyDown, follow } = useComposer(area, props);
  const active = activeEntry(draft, list);
  useTypeAnywhere(area);

  return html`
    <form class="composer" onSubmit=${(event: Event) => (event.preventDefault(), submit())}>
      ${
        list !== null &&
        html`<${SuggestionList} suggestions=${list} active=${active} onHover=${choose} onAccept=${accept} />`
      }
      ${
        list?.kind !== "commands" &&
        line !== null &&
        html`<${CommandHint} line=${line} caret=${draft.caret} />`
      }
      <p class="composer-problem" role="alert">${draft.problem && explain(draft.problem, language)}</p>
      <div class="composer-box">
        <div class="composer-text">
          <${Mirror} text=${draft.text} line=${line} />
          <textarea
            ref=${area}
            rows="1"
            aria-label="Message"
            aria-autocomplete="list"
            aria-controls=${list === null ? undefined : listId}
            aria-activedescendant=${list === null || active === null ? undefined : entryId(active)}
            aria-describedby=${line === null ? undefined : hintId}
            aria-invalid=${draft.problem !== null}
            placeholder=${texts.messagePlaceholder(channel.name)}
            autocomplete="off"
            autofocus
            value=${draft.text}
            readonly=${!props.ready}
            onInput=${follow}
            onSelect=${follow}
            onKeyDown=${onKeyDown}
          ></textarea>
        </div>
        <button
          type="submit"
          class="icon-button send"
          aria-label=${texts.send}
          disabled=${draft.text.trim() === ""}
        >
          ${sendIcon()}
        </button>
      </div>
      <p class="composer-note" role="status">${!botOnline && texts.botOffline(displayName(bot))}</p>
    </form>
  `;
}
