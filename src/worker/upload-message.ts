import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponent,
} from "discord-api-types/v10";
import { encodeCustomId } from "../domain/custom-id.ts";
import { echo } from "../texts/echo.ts";
import type { Texts } from "../texts/texts.ts";
import type { AnswerMessage } from "./answers.ts";
import type { UploadOutcome } from "./add-uploads.ts";

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

export function removeButton(image: string, label: string): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: encodeCustomId({ kind: "remove", image }),
  };
}
