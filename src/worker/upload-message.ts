import { ComponentType, type APIActionRowComponent, type APIButtonComponent } from "discord-api-types/v10";
import { imagesOnButtons } from "../jobs/custom-id.ts";
import { echo } from "../texts/echo.ts";
import { LANGUAGES, type Texts } from "../texts/texts.ts";
import type { AnswerMessage } from "./answers.ts";
import type { UploadOutcome } from "./add-uploads.ts";
import { button } from "./message-parts.ts";
import type { OwnComponent, OwnMessage } from "./own-messages.ts";

const BUTTONS_PER_ROW = 5;

/**
 * Says what happened to each file.
 * @param options.project null for the hot dogs
 * @param options.note says below the files what they are for
 * @param options.removable whether to add a button to remove each added image, because there are moderators to press it
 */
export function uploadMessage(
  outcomes: readonly UploadOutcome[],
  { upload: t }: Texts,
  { project, removable, note }: { project: string | null; removable: boolean; note?: string },
): AnswerMessage {
  const lines = outcomes.map((file, index) => {
    const what =
      file.outcome === "refused" ? t.outcome.refused(t.refusal[file.refusal]) : t.outcome[file.outcome];
    return `${index + 1}. ${echo(file.name)} – ${what}`;
  });
  const buttons = outcomes.flatMap((file, index) =>
    removable && file.outcome === "added"
      ? [button(t.remove(index + 1), { kind: "remove", image: file.image, project })]
      : [],
  );
  const rows: APIActionRowComponent<APIButtonComponent>[] = [];
  while (buttons.length > 0) {
    rows.push({ type: ComponentType.ActionRow, components: buttons.splice(0, BUTTONS_PER_ROW) });
  }
  return {
    content: [...lines, ...(note === undefined ? [] : [`-# ${note}`])].join("\n"),
    components: rows,
  };
}

/** Changes an upload answer after these images were removed: their lines say so, and their buttons disappear. */
export function withoutImages(
  { content, components }: OwnMessage,
  gone: ReadonlySet<string>,
): { content: string; components: OwnComponent[] } {
  const isGone = (button: OwnComponent): boolean =>
    imagesOnButtons([button]).some((image) => gone.has(image));
  const buttons = components.flatMap((row) => row.components ?? []);
  // In every language, a button's label contains the number of its line.
  const numbers = new Set(buttons.filter(isGone).map(({ label }) => /\d+/.exec(label ?? "")?.[0]));
  const lines = content
    .split("\n")
    .map((line) => (numbers.has(/^\d+(?=\. )/.exec(line)?.[0] ?? "") ? removedLine(line) : line));
  const rows = components
    .map((row) => ({ ...row, components: row.components?.filter((button) => !isGone(button)) ?? [] }))
    .filter((row) => row.components.length > 0);
  return { content: lines.join("\n"), components: rows };
}

/** Changes "added" to "removed", in the language of the line. Earlier versions used the same words. */
function removedLine(line: string): string {
  for (const { upload } of LANGUAGES.values()) {
    const { added, removed } = upload.outcome;
    if (line.endsWith(added)) return line.slice(0, -added.length) + removed;
  }
  return line;
}
