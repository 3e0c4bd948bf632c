import type { APIFileComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { FileCard } from "../embeds/file-card.ts";
import { safeUrl } from "../view/safe-url.ts";
import { SpoilerCover } from "./spoiler-cover.ts";

export function FileComponent({ component: { file, name, size, spoiler } }: { component: APIFileComponent }) {
  const card = html`<${FileCard} name=${name ?? file.url} size=${size} url=${safeUrl(file.url)} />`;
  return spoiler ? html`<${SpoilerCover}>${card}<//>` : card;
}
