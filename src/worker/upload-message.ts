import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponent,
} from "discord-api-types/v10";
import { encodeCustomId, imagesIn } from "../jobs/custom-id.ts";
import { echo } from "../texts/echo.ts";
import { LANGUAGES, type Texts } from "../texts/texts.ts";
import type { AnswerMessage } from "./answers.ts";
import type { UploadOutcome } from "./add-uploads.ts";
import type { OwnComponent, OwnMessage } from "./own-messages.ts";

const BUTTONS_IN_ROW = 5;

/** What became of every file, and a button for each image that was added, where there are moderators to press it. */
export function uploadMessage(
  outcomes: readonly UploadOutcome[],
  { upload: t }: Texts,
  { removable }: { removable: boolean },
): AnswerMessage {
  const lines = outcomes.map(({ name, ...became }, index) => {
    const what =
      became.outcome === "refused" ? t.outcome.refused(t.refusal[became.refusal]) : t.outcome[became.outcome];
    return `${index + 1}. ${echo(name)} – ${what}`;
  });
  const buttons = outcomes.flatMap((became, index) =>
    removable && became.outcome === "added" ? [removeButton(became.image, t.remove(index + 1))] : [],
  );
  const rows: APIActionRowComponent<APIButtonComponent>[] = [];
  while (buttons.length > 0) {
    rows.push({ type: ComponentType.ActionRow, components: buttons.splice(0, BUTTONS_IN_ROW) });
  }
  return { content: [...lines, `-# ${t.purpose}`].join("\n"), components: rows };
}

/** @param uploadAnswer the answer to an upload that lists the image, for a button in another message */
export function removeButton(image: string, label: string, uploadAnswer?: string): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: encodeCustomId({ kind: "remove", image, ...(uploadAnswer !== undefined && { uploadAnswer }) }),
  };
}

/** An answer to an upload once these images are out of the set: their lines say so, and their buttons are gone. */
export function withoutImages(
  { content, components }: Pick<OwnMessage, "content" | "components">,
  gone: ReadonlySet<string>,
): { content: string; components: OwnComponent[] } {
  const isGone = (button: OwnComponent): boolean => imagesIn([button]).some((image) => gone.has(image));
  const buttons = components.flatMap((row) => row.components ?? []);
  // A button has the number of its line in its label, in every language.
  const numbers = new Set(buttons.filter(isGone).map(({ label }) => /\d+/.exec(label ?? "")?.[0]));
  const lines = content
    .split("\n")
    .map((line) => (numbers.has(/^\d+(?=\. )/.exec(line)?.[0] ?? "") ? removedLine(line) : line));
  const rows = components
    .map((row) => ({ ...row, components: row.components?.filter((button) => !isGone(button)) ?? [] }))
    .filter((row) => row.components.length > 0);
  return { content: lines.join("\n"), components: rows };
}

/** In the language in which it says that the image was added. */
function removedLine(line: string): string {
  for (const { upload } of LANGUAGES) {
    const { added, removed } = upload.outcome;
    if (line.endsWith(added)) return line.slice(0, -added.length) + removed;
  }
  return line;
}
