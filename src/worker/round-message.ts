import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
} from "discord-api-types/v10";
import { encodeCustomId } from "../jobs/custom-id.ts";
import { LABELS } from "../labeling/votes.ts";
import type { Texts } from "../texts/texts.ts";
import type { AnswerMessage } from "./answers.ts";
import { galleriesOf } from "./galleries.ts";
import { MUSTARD } from "./colors.ts";

export interface RoundImage {
  /** The image's file name. */
  image: string;
  /** A WebP for display. */
  picture: Buffer;
}

/** One message: the question, then each image with its two buttons, which carry everything needed to act on a press. */
export function roundMessage(round: string, images: readonly RoundImage[], { hotdog }: Texts): AnswerMessage {
  const t = hotdog.round;
  const { galleries, files } = galleriesOf(
    images.map(({ picture }, index) => ({ picture, alt: t.alt(index + 1, images.length) })),
  );
  const shown = images.flatMap(({ image }, index): APIComponentInContainer[] => [
    { type: ComponentType.TextDisplay, content: t.image(index + 1) },
    ...galleries.slice(index, index + 1),
    buttons({ round, position: index + 1, image }, t.labels),
  ]);
  const question: APIComponentInContainer = { type: ComponentType.TextDisplay, content: t.question };
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: MUSTARD, components: [question, ...shown] }],
    files,
  };
}

function buttons(
  press: { round: string; position: number; image: string },
  labels: Texts["hotdog"]["round"]["labels"],
): APIActionRowComponent<APIButtonComponent> {
  return {
    type: ComponentType.ActionRow,
    components: LABELS.map((label) => ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: labels[label],
      custom_id: encodeCustomId({ kind: "press", ...press, label }),
    })),
  };
}
