import type { APIUser } from "discord-api-types/v10";
import { html } from "htm/preact";
import { interactionLifetime } from "../discord.ts";
import { useSurroundings } from "../view/contexts.ts";
import { displayName } from "../view/names.ts";
import { useHasPassed } from "../view/use-moment.ts";
import { FailedNote } from "./failed-note.ts";

/** A deferred answer: awaited as long as the bot can still give it. */
export function Thinking({ author, since }: { author: APIUser; since: number }) {
  const { texts } = useSurroundings();
  const over = useHasPassed(since + interactionLifetime);
  if (over) return html`<${FailedNote} text=${texts.noResponse} reason=${null} />`;
  return html`<p class="waiting"><${Dots} /> ${texts.thinking(displayName(author))}</p>`;
}

export function Dots() {
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`;
}
