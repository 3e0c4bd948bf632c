import type { APIFileComponent } from "discord-api-types/v10";
import { html } from "htm/preact";
import { FileCard } from "../embeds/file-card.ts";
import { mediaAddress } from "../embeds/media.ts";
import { useMessageScope } from "./message-scope.ts";
import { SpoilerCover } from "./spoiler-cover.ts";

export function FileComponent({ component: { file, name, size, spoiler } }: { component: APIFileComponent }) {
  const { message } = useMessageScope();
  const shown = name ?? decodeURIComponent(file.url.split(/[/?#]/).findLast(Boolean) ?? "");
  const card = html`<${FileCard} name=${shown} size=${size} url=${mediaAddress(file.url, message)} />`;
  return spoiler ? html`<${SpoilerCover}>${card}<//>` : card;
}
