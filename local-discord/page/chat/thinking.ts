import type { APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import { TOKEN_LIFETIME_MS } from "../discord.ts";
import { useViewContext } from "../view/view-context.ts";
import { nameIn } from "../view/names.ts";
import { FailedNote } from "./failed-note.ts";
import { useEffect, useState } from "preact/hooks";

/** A deferred answer: "thinking" until the bot's token expires, then a failure. */
export function Thinking({ author, since }: { author: APIUser; since: number }) {
  const { texts, guild } = useViewContext();
  const over = useHasPassed(since + TOKEN_LIFETIME_MS);
  if (over) return html`<${FailedNote} text=${texts.noResponse} reason=${null} />`;
  return html`<p class="waiting"><${Dots} /> ${texts.thinking(nameIn(guild, author))}</p>`;
}

export function Dots() {
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`;
}

/** Returns whether a moment has passed, and renders again when it does. */
function useHasPassed(moment: number): boolean {
  const [, setPassed] = useState(false);
  const left = moment - Date.now();
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setPassed(true), left);
    return () => clearTimeout(timer);
  }, [moment]);
  return left <= 0;
}
