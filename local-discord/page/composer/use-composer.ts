import type { RefObject } from "preact";
import { useLayoutEffect, useMemo } from "preact/hooks";
import { questionAt } from "../commands/autocompletion.ts";
import { readCommandLine } from "../commands/command-line.ts";
import type { Invocable } from "../commands/invocables.ts";
import { suggest } from "../commands/suggest.ts";
import { commandStart } from "../commands/suggest-commands.ts";
import { assign } from "../files/attached.ts";
import type { Files } from "../files/use-files.ts";
import { listedChannels } from "../state/listed-channels.ts";
import type { Place } from "../state/place.ts";
import type { AskedChoices, Session } from "../state/state.ts";
import type { Typing } from "../state/typing.ts";
import { useActions, type Actions } from "../view/actions.ts";
import { useViewContext } from "../view/view-context.ts";
import {
  acceptSuggestion,
  activeEntry,
  emptyDraft,
  moveChoice,
  placedDraft,
  refuseDraft,
  typedDraft,
} from "./draft.ts";
import { keyMeaning } from "./key-meaning.ts";
import { submissionOf, type Submission } from "./submit.ts";
import { type UnsentMessage, useDraft } from "./unsent-message.ts";
import { useSayTyping } from "./use-typing.ts";
import { useAutocompletion } from "./use-autocompletion.ts";

export interface ComposerProps {
  session: Session;
  /** Whether the page is connected. */
  ready: boolean;
  /** Why the person cannot post here; null if they can. */
  postingRefusal: string | null;
  /** A command that was picked elsewhere, to start here. */
  picked: { invocable: Invocable } | null;
  files: Files;
  unsent: UnsentMessage;
  /** The latest question for choices of an option, and its answer. */
  asked: AskedChoices | null;
  typing: Typing;
  onSent: () => void;
  onEscape: () => void;
}

/** The logic of the composer: its draft, its suggestions, and its keys. */
export function useComposer(
  area: RefObject<HTMLTextAreaElement | null>,
  { channel, ...props }: ComposerProps & { channel: Place },
) {
  const { session, postingRefusal, picked, files, unsent, onSent, onEscape } = props;
  const ready = props.ready && postingRefusal === null;
  const { language } = useViewContext();
  const actions = useActions();
  const sayTyping = useSayTyping(actions);
  const [draft, setDraft] = useDraft(area, unsent);
  const { users, bot } = session;
  const { guild } = channel;
  const channels = useMemo(() => listedChannels(guild), [guild]);
  const roles = channel.guild?.roles ?? [];
  const commands = session.commands[channel.id] ?? [];
  const { suggested } = unsent;
  const directory = useMemo(
    () => ({ language, users: [bot, ...users], roles, channels, suggested }),
    [language, users, bot, roles, channels, suggested],
  );
  const line = readCommandLine(draft.text, commands, language);
  const assignment = assign(line?.options ?? [], files.attached);
  const { text, caret } = draft;
  const isClosed = draft.listClosed || !ready;
  const question = isClosed || line === null ? null : questionAt(text, caret, line, directory);
  const autocompletion = useAutocompletion(question, props.asked, unsent);
  const list = isClosed ? null : suggest(text, caret, commands, directory, autocompletion);

  useLayoutEffect(() => {
    // While the page reconnects, the draft does not change.
    if (picked === null || !ready) return;
    setDraft(placedDraft(commandStart(picked.invocable, directory)));
    area.current?.focus();
  }, [picked]);

  const accept = (index: number) => {
    const item = list?.items[index];
    const choice = autocompletion?.choices[index];
    // Names of choices may repeat, so the accepted one comes first.
    if (question && choice) suggested.set(question.key, [choice, ...(suggested.get(question.key) ?? [])]);
    if (list !== null && item !== undefined) setDraft(acceptSuggestion(draft, list, item));
  };
  const submit = () => {
    const submission = submissionOf(draft.text, commands, directory, files.attached);
    if (!ready || actions === null || submission.kind === "nothing") return;
    if (submission.kind === "problem") return setDraft(refuseDraft(draft, submission.problem));
    perform(submission, actions);
    sayTyping("");
    setDraft(emptyDraft);
    if (submission.kind !== "unknownCommand") files.clear();
    onSent();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const meaning = keyMeaning(event, draft, list);
    if (meaning === null) return;
    event.preventDefault();
    if (meaning === "submit") submit();
    else if (meaning === "accept") accept(activeEntry(draft, list) ?? 0);
    else if (meaning === "close") setDraft({ ...draft, listClosed: true });
    else if (meaning === "leave") onEscape();
    else setDraft(moveChoice(draft, meaning === "next" ? 1 : -1, list?.items.length ?? 1));
  };
  /** Updates the draft with the text and caret of the text area. */
  const follow = () => {
    const { value, selectionStart } = area.current ?? { value: "", selectionStart: 0 };
    if (value !== draft.text) {
      setDraft(typedDraft(value, selectionStart));
      sayTyping(value);
    } else if (selectionStart !== draft.caret) setDraft({ ...draft, caret: selectionStart, placed: false });
  };
  const choose = (index: number) => setDraft({ ...draft, chosen: index });

  return { draft, line, list, assignment, accept, choose, submit, onKeyDown, follow };
}

function perform(submission: Exclude<Submission, { kind: "nothing" | "problem" }>, actions: Actions): void {
  if (submission.kind === "message") actions.sendMessage(submission.content, submission.files);
  else if (submission.kind === "unknownCommand") {
    actions.note({ of: "unknownCommand", commandName: submission.name });
  } else actions.sendCommand(submission.invocable, submission.options, submission.files);
}
