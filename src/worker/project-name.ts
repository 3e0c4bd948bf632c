import { channelMention } from "@discordjs/formatters";
import { escapeFormatting } from "../jobs/settings-text.ts";
import type { ProjectDefinition } from "../project/definition.ts";
import type { Texts } from "../texts/texts.ts";

/** Names a project to a person who may be elsewhere. */
export function projectName(
  { id, definition }: { id: string | null; definition: ProjectDefinition | undefined },
  { personalRows: t }: Texts,
): string {
  if (id === null) return t.hotdogs;
  if (definition === undefined) return t.unreadable;
  return t.project(escapeFormatting(definition.question), channelMention(definition.channel));
}
