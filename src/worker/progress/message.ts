import { ComponentType, MessageFlags, type APIComponentInContainer } from "discord-api-types/v10";
import type { Progress } from "../../labeling/progress.ts";
import type { Texts } from "../../texts/texts.ts";
import type { AnswerMessage } from "../answers.ts";
import { MUSTARD } from "../colors.ts";
import type { ReportContent } from "./progress-report.ts";

const PICTURE_FILE = "progress.png";

/** Says the figures in words, and shows the picture with an alternative text. */
export function progressMessage({ progress, picture }: ReportContent, texts: Texts): AnswerMessage {
  const { title, notes } = texts.progress;
  const components: APIComponentInContainer[] = [text([title, ...lines(progress, texts)].join("\n"))];
  if (picture !== undefined) {
    const item = { media: { url: `attachment://${PICTURE_FILE}` }, description: picture.alt };
    components.push({ type: ComponentType.MediaGallery, items: [item] });
  }
  if (progress.answers > 0) components.push(text(notes));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: MUSTARD, components }],
    files: picture === undefined ? [] : [{ name: PICTURE_FILE, data: picture.png, contentType: "image/png" }],
  };
}

function lines(progress: Progress, { progress: t, hotdog }: Texts): string[] {
  const { images, answers, people, alpha, reading, differ, tied, decided } = progress;
  const [none, , , byMore] = progress.byPeople;
  const labeled = images - none;
  if (answers === 0) return [images === 0 ? hotdog.noImages : t.unlabeled(images)];
  return [
    images === 0 ? hotdog.noImages : t.images(images, labeled, byMore),
    t.answers(answers, people),
    t.agreement(alpha, t.readings[reading]),
    ...(labeled > 0 ? [t.methods(differ, tied, decided)] : []),
  ];
}

function text(content: string): APIComponentInContainer {
  return { type: ComponentType.TextDisplay, content };
}
