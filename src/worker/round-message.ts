import {
  ComponentType,
  MessageFlags,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
} from "discord-api-types/v10";
import { encodeCustomId } from "../jobs/custom-id.ts";
import type { Question } from "../labeling/question.ts";
import type { Texts } from "../texts/texts.ts";
import type { AnswerMessage } from "./answers.ts";
import { button, gallery, MUSTARD, pictureFile, textDisplay } from "./message-parts.ts";
import type { ImagePicture } from "./picture.ts";
import { choicesOf, MAX_BUTTON_LABELS, optionsOf, roundTitle } from "./question-texts.ts";

/** A round of a project. */
interface Round {
  /** Id of the interaction that asked for it. */
  id: string;
  /** The id of the project; null for the hot dogs. */
  project: string | null;
  question: Question;
  images: readonly ImagePicture[];
}

type Choices = ReturnType<typeof choicesOf>;

/**
 * One message: the question, then each image with its answers, which carry everything needed to act on a choice. With "Not sure", 4
 * images of 4 labels each have 36 components; Discord accepts 40.
 * @param options.emoji whether an emoji at the start of a label is on the button, or in its text
 */
export function roundMessage(
  { id: round, project, question, images }: Round,
  texts: Texts,
  { emoji }: { emoji: "separate" | "in name" } = { emoji: "separate" },
): AnswerMessage {
  const t = texts.hotdog.round;
  const choices = choicesOf(question, texts, { emoji });
  const shown = images.map(({ image, picture }, index) => {
    const position = index + 1;
    const file = pictureFile(position, picture);
    const labeled = { round, position, image, project };
    const components: APIComponentInContainer[] = [
      textDisplay(t.image(position)),
      gallery(file, t.alt(position, images.length)),
      {
        type: ComponentType.ActionRow,
        components:
          question.labels.length <= MAX_BUTTON_LABELS
            ? buttonsFor(labeled, choices)
            : [selectFor(labeled, choices, texts)],
      },
    ];
    return { file, components };
  });
  const components = [
    textDisplay(roundTitle(question, texts)),
    ...shown.flatMap((each) => each.components),
    {
      type: ComponentType.ActionRow as const,
      components: [button(texts.label.open, { kind: "label-alone", project })],
    },
  ];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: MUSTARD, components }],
    files: shown.map(({ file }) => file),
  };
}

/** What the custom ids of one image have in common. */
interface Labeled {
  round: string;
  position: number;
  image: string;
  project: string | null;
}

function buttonsFor(labeled: Labeled, choices: Choices): APIComponentInMessageActionRow[] {
  return choices.map(({ answer, name, emoji }) => ({
    ...button(name, { kind: "press", ...labeled, label: answer }),
    ...(emoji && { emoji }),
  }));
}

function selectFor(
  labeled: Labeled,
  choices: Choices,
  { labeling: t }: Texts,
): APIComponentInMessageActionRow {
  return {
    type: ComponentType.StringSelect,
    custom_id: encodeCustomId({ kind: "select", ...labeled }),
    placeholder: t.placeholder(labeled.position),
    options: optionsOf(choices),
  };
}
