import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { explainProblem } from "../commands/explain-problem.ts";
import { AttachedFiles } from "../files/attached-files.ts";
import { fileTypesOf } from "../files/attached.ts";
import { acceptAttribute } from "../files/file-types.ts";
import { FileInput } from "../files/file-input.ts";
import { titleOf, type Place } from "../state/place.ts";
import { useViewContext } from "../view/view-context.ts";
import { sendIcon } from "../view/icons.ts";
import { displayName } from "../view/names.ts";
import { CommandHint, hintId } from "./command-hint.ts";
import { activeEntry } from "./draft.ts";
import { Mirror } from "./mirror.ts";
import { entryId, listId, SuggestionList } from "./suggestion-list.ts";
import { Dots } from "../chat/thinking.ts";
import { useTypingText } from "./use-typing.ts";
import { useComposer, type ComposerProps } from "./use-composer.ts";

/** The field for messages and commands, with its files, suggestions and hints. */
export function Composer({ channel, ...props }: ComposerProps & { channel: Place }) {
  const { language, texts } = useViewContext();
  const { bot, bot_online: botOnline } = props.session;
  const area = useRef<HTMLTextAreaElement>(null);
  const { draft, line, list, assignment, accept, choose, submit, onKeyDown, follow } = useComposer(area, {
    ...props,
    channel,
  });
  const { files, postingRefusal } = props;
  const ready = props.ready && postingRefusal === null;
  const input = useRef<HTMLInputElement>(null);
  /** Name of the command option for which files are being chosen. */
  const chosenOption = useRef<string | null>(null);
  const chooseFiles = (option: string | null) => {
    chosenOption.current = option;
    const slot = assignment.slots.find(({ name }) => name === option);
    if (input.current !== null) input.current.accept = acceptAttribute(slot && fileTypesOf(slot)) ?? "";
    input.current?.click();
  };
  const take = (chosen: File[]) => {
    files.add(chosen, chosenOption.current);
    area.current?.focus();
  };
  const remove = (key: string) => {
    files.remove(key);
    area.current?.focus();
  };
  const active = activeEntry(draft, list);
  const isEmpty = draft.text.trim() === "" && files.attached.length === 0;
  const placeholder = props.ready
    ? (postingRefusal ?? texts.messagePlaceholder(titleOf(channel)))
    : texts.reconnecting;
  const isOffline = !botOnline && channel.guild?.has_bot !== false;
  const isArchived = channel.thread?.archived === true && postingRefusal === null;
  const notes = [isArchived && texts.threads.archivedNote, isOffline && texts.botOffline(displayName(bot))];
  const typing = useTypingText(props.typing, channel.id);
  const keptNote = isEmpty ? "" : texts.draftKept;

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
      <p class="composer-problem" role="alert">${draft.problem && explainProblem(draft.problem, language)}</p>
      <div class=${ready ? "composer-box" : "composer-box offline"}>
        <${AttachedFiles} assignment=${assignment} onChoose=${chooseFiles} onRemove=${remove} />
        <${FileInput} input=${input} onFiles=${take} onPress=${() => chooseFiles(null)} />
        <div class="composer-text">
          <${Mirror} text=${draft.text} line=${line} />
          <textarea
            ref=${area}
            rows="1"
            aria-label=${texts.message}
            aria-autocomplete="list"
            aria-controls=${list === null || list.items.length === 0 ? undefined : listId}
            aria-activedescendant=${list === null || active === null ? undefined : entryId(active)}
            aria-describedby=${line === null ? undefined : hintId}
            aria-invalid=${draft.problem !== null}
            placeholder=${placeholder}
            autocomplete="off"
            autofocus
            value=${draft.text}
            readonly=${!ready}
            onInput=${follow}
            onSelect=${follow}
            onKeyDown=${onKeyDown}
          ></textarea>
        </div>
        <button type="submit" class="icon-button send" aria-label=${texts.send} disabled=${!ready || isEmpty}>
          ${sendIcon()}
        </button>
      </div>
      ${typing !== "" && html`<p class="composer-note typing"><${Dots} /> ${typing}</p>`}
      <p class="composer-note" role="status">${props.ready ? notes.filter(Boolean).join(" ") : keptNote}</p>
    </form>
  `;
}

/** Moves the focus to the composer after files were added, or after the focused element was dismissed. */
export function focusComposer(): void {
  document.querySelector<HTMLElement>(".composer textarea")?.focus();
}
