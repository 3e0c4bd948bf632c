import {
  ComponentType,
  MessageFlags,
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APISectionComponent,
} from "discord-api-types/v10";
import { encodeCustomId } from "../jobs/custom-id.ts";
import { UNSURE, type Label, type Question } from "../labeling/question.ts";
import type { Trust } from "../labeling/trust.ts";
import type { Texts } from "../texts/texts.ts";
import { MUSTARD, pictureFile, textDisplay, type AnswerFile } from "./message-parts.ts";
import type { ImagePicture } from "./picture.ts";
import { answerName, choicesOf, optionsOf } from "./question-texts.ts";
import type { ComponentMessage } from "./settings-message.ts";

/** Images with their gold answers. */
export interface GoldPanel {
  /** The id of the project; null for the hot dogs. */
  project: string | null;
  question: Question;
  images: readonly ImagePicture[];
  gold: Trust["gold"];
  /** The image whose gold answer has just been saved. */
  saved?: string;
}

/** One message: each image as a thumbnail, with a select menu of its gold answers below. 7 images have 37 components; Discord accepts 40. */
export function goldPanel(
  panel: GoldPanel,
  texts: Texts,
  { emoji }: { emoji: "separate" | "in name" } = { emoji: "separate" },
): ComponentMessage {
  const { images } = panel;
  const files = images.map(({ picture }, index) => pictureFile(index + 1, picture));
  const components = images.flatMap(({ image }, index): APIComponentInContainer[] => {
    const file = files[index];
    const shown = { image, position: index + 1 };
    return file === undefined
      ? []
      : [thumbnailOf(shown, file, panel, texts), selectOf(shown, panel, texts, emoji)];
  });
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      textDisplay(texts.gold.offer),
      { type: ComponentType.Container, accent_color: MUSTARD, components },
    ],
    files,
  };
}

interface ShownImage {
  image: string;
  /** From 1. */
  position: number;
}

function thumbnailOf(
  { image, position }: ShownImage,
  { name }: AnswerFile,
  { question, images, gold, saved }: GoldPanel,
  texts: Texts,
): APISectionComponent {
  const t = texts.gold;
  const label = gold.get(image);
  const answer = label === undefined ? undefined : answerName(question, label, texts);
  const [current, none] = image === saved ? [t.saved, t.takenBack] : [t.current, t.none];
  const says = answer === undefined ? none : current(answer);
  return {
    type: ComponentType.Section,
    components: [textDisplay(`${t.image(position)}\n${says}`)],
    accessory: {
      type: ComponentType.Thumbnail,
      media: { url: `attachment://${name}` },
      description: t.alt(position, images.length),
    },
  };
}

function selectOf(
  { image, position }: ShownImage,
  { project, question, gold }: GoldPanel,
  texts: Texts,
  emoji: "separate" | "in name",
): APIActionRowComponent<APIComponentInMessageActionRow> {
  const { gold: t } = texts;
  const label: Label | undefined = gold.get(image);
  const choices = choicesOf(question, texts, { emoji }).filter(({ answer }) => answer !== UNSURE);
  const none = { label: t.none, value: "none", default: label === undefined };
  const select = {
    type: ComponentType.StringSelect as const,
    custom_id: encodeCustomId({ kind: "gold", image, project }),
    placeholder: t.placeholder(position),
    options: [...optionsOf(choices, label), none],
  };
  return { type: ComponentType.ActionRow, components: [select] };
}
