import {
  ComponentType,
  MessageFlags,
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
} from "discord-api-types/v10";
import { snowflakeTime } from "../platform/snowflake.ts";
import type { OwnImage } from "../project/own-images.ts";
import { echo } from "../texts/echo.ts";
import type { Texts } from "../texts/texts.ts";
import { button, gallery, pictureFile, textDisplay, type AnswerFile } from "./message-parts.ts";
import { projectName } from "./project-name.ts";
import type { JobContext } from "./run-job.ts";
import type { ComponentMessage } from "./settings-message.ts";

/** Each image takes 4 of the 40 components that Discord allows. */
const IMAGES_PER_PAGE = 8;

/** A list of the images that a person has added, with a button for each that takes it back. */
export async function ownImagesMessage(
  { userId, page: asked }: { userId: string; page: number },
  texts: Texts,
  context: Pick<JobContext, "ownImages" | "makePictures">,
): Promise<ComponentMessage> {
  const { images, page, hasMore } = await context.ownImages.list(userId, asked, IMAGES_PER_PAGE);
  const { ownImages: t } = texts;
  const flags = MessageFlags.IsComponentsV2;
  if (images.length === 0) return { flags, components: [textDisplay(t.none)] };
  const files = await Promise.all(images.map((image, index) => fileOf(image, index + 1, context)));
  const shown = images.flatMap((image, index) => imageParts(image, files[index], page, texts));
  const turns = [
    ...(page > 0 ? [button(t.newer, { kind: "own-images", page: page - 1, isList: true })] : []),
    ...(hasMore ? [button(t.older, { kind: "own-images", page: page + 1, isList: true })] : []),
  ];
  return {
    flags,
    components: [
      textDisplay(t.title),
      { type: ComponentType.Container, components: shown },
      ...(turns.length === 0 ? [] : [row(turns)]),
    ],
    files: files.filter((file) => file !== undefined),
  };
}

/** Returns undefined for an image that cannot be decoded. */
async function fileOf(
  { image, images }: OwnImage,
  number: number,
  { makePictures }: Pick<JobContext, "makePictures">,
): Promise<AnswerFile | undefined> {
  const [made] = await makePictures([image], images);
  return made && pictureFile(number, made.picture);
}

function imageParts(
  { jobId: upload, position, project, name, of }: OwnImage,
  file: AnswerFile | undefined,
  page: number,
  texts: Texts,
): APIComponentInContainer[] {
  const { ownImages: t } = texts;
  const seconds = Math.floor(snowflakeTime(upload).getTime() / 1_000);
  const caption = t.caption(echo(name), projectName(of, texts), seconds);
  const takeBack = { kind: "take-back", upload, file: position, project, page } as const;
  return [
    textDisplay(caption),
    ...(file === undefined ? [] : [gallery(file, caption)]),
    row([button(t.takeBack, takeBack)]),
  ];
}

function row(components: APIButtonComponent[]): APIActionRowComponent<APIButtonComponent> {
  return { type: ComponentType.ActionRow, components };
}
