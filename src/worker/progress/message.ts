import { ComponentType, MessageFlags, type APIComponentInContainer } from "discord-api-types/v10";
import type { Progress } from "../../labeling/progress.ts";
import type { Texts } from "../../texts/texts.ts";
import type { AnswerMessage } from "../answers.ts";
import { MUSTARD } from "../colors.ts";
import type { Board } from "./progress-report.ts";

const FILE = "progress.png";

/** The figures in words, and the picture with its own in its alternative text. */
export function progressMessage({ progress, picture }: Board, texts: Texts): AnswerMessage {
  const t = texts.progress;
  const components: APIComponentInContainer[] = [text([t.title, ...lines(progress, texts)].join("\n"))];
  if (picture !== undefined) {
    const media = { url: `attachment://${FILE}` };
    components.push({ type: ComponentType.MediaGallery, items: [{ media, description: picture.alt }] });
  }
  if (progress.answers > 0) components.push(text(t.notes));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: MUSTARD, components }],
    files: picture === undefined ? [] : [{ name: FILE, data: picture.png, contentType: "image/png" }],
  };
}

function lines(progress: Progress, { progress: t, hotdog }: Texts): string[] {
  const { images, answers, people, alpha, reading, differ, tied, decided } = progress;
  const [none, , , byMore] = progress.byPeople;
  const labelled = images - none;
  if (answers === 0) return [images === 0 ? hotdog.noImages : t.unlabelled(images)];
  return [
    images === 0 ? hotdog.noImages : t.images(images, labelled, byMore),
    t.answers(answers, people),
    t.agreement(alpha, t.readings[reading]),
    ...(labelled > 0 ? [t.methods(differ, tied, decided)] : []),
  ];
}

function text(content: string): APIComponentInContainer {
  return { type: ComponentType.TextDisplay, content };
}
