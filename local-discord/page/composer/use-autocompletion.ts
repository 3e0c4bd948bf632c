import type { APIApplicationCommandOptionChoice } from "discord-api-types/v10";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Autocompletion, ChoicesQuestion } from "../commands/autocompletion.ts";
import type { AskedChoices } from "../state/state.ts";
import { useActions } from "../view/actions.ts";
import type { UnsentMessage } from "./unsent-message.ts";

/** Limit of remembered choices of one option. */
const MAX_REMEMBERED = 500;

/** Time in which a person types on before the bot is asked. */
const TYPING_PAUSE_MS = 150;

interface Asked {
  question: string;
  key: string;
  nonce: string;
}

/**
 * Asks the bot for choices as the person types, and returns its answer; null while no option with autocompletion is filled in.
 * Adds the choices to the unsent message, which needs their values.
 * @param latest the latest question of the page, and its answer
 */
export function useAutocompletion(
  question: ChoicesQuestion | null,
  latest: AskedChoices | null,
  { suggested }: UnsentMessage,
): Autocompletion | null {
  const actions = useActions();
  const [asked, setAsked] = useState<Asked | null>(null);
  const shown = useRef<{ key: string; choices: readonly APIApplicationCommandOptionChoice[] }>(null);
  const text = question && JSON.stringify([question.key, question.options]);
  const answer = asked !== null && latest?.nonce === asked.nonce ? latest : null;

  useEffect(() => {
    if (question === null || text === null || actions === null || asked?.question === text) return undefined;
    const ask = () => setAsked({ question: text, key: question.key, nonce: actions.askForChoices(question) });
    const timer = setTimeout(ask, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, actions, asked]);
  useLayoutEffect(() => {
    if (asked === null || answer?.status !== "done") return;
    shown.current = { key: asked.key, choices: answer.choices };
    const all = [...answer.choices, ...(suggested.get(asked.key) ?? [])];
    suggested.set(asked.key, all.slice(0, MAX_REMEMBERED));
  }, [answer]);

  if (question === null) return null;
  if (answer !== null && asked?.question === text && answer.status !== "loading") return answer;
  const before = shown.current?.key === question.key ? shown.current.choices : [];
  return { status: "loading", choices: before };
}
