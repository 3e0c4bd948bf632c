import { ButtonStyle, ComponentType, MessageFlags } from "discord-api-types/v10";
import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInContainer,
  APIMessageTopLevelComponent,
} from "discord-api-types/v10";
import type { Rights } from "../jobs/place.ts";
import { messageLink } from "@discordjs/formatters";
import { pendingPath, sentAt, type PendingImage } from "../project/pending-images.ts";
import type { Texts } from "../texts/texts.ts";
import { button, gallery, pictureFile, textDisplay, type AnswerFile } from "./message-parts.ts";
import type { PictureMaker } from "./picture.ts";
import type { ProjectInUse } from "./project-in-use.ts";
import { may } from "./rights.ts";
import type { ComponentMessage } from "./settings-message.ts";

/** A message has at most 40 components. Each image takes five, and the rest five. */
const MAX_SHOWN = 5;

/**
 * Shows a moderator the oldest images that wait, with buttons that approve and reject each, or all of them. Everything that they act
 * on is in the message.
 * @param notice what was just decided
 */
export async function reviewMessage(
  project: Pick<ProjectInUse, "id" | "pending">,
  makePictures: PictureMaker,
  { review: t }: Texts,
  notice?: string,
): Promise<ComponentMessage> {
  const waiting = firstOfEach(await project.pending.waiting());
  const shown = await findShown(waiting, project, makePictures);
  const heading = shown.length === 0 ? undefined : t.title(waiting.length, shown.length);
  const nothing = notice === undefined ? t.none : t.noneLeft;
  const title = textDisplay([...(notice === undefined ? [] : [notice]), heading ?? nothing].join("\n"));
  if (shown.length === 0) return { flags: MessageFlags.IsComponentsV2, components: [title], files: [] };
  const images = shown.flatMap((one, index) => imageParts(one, index + 1, project.id, t));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      title,
      { type: ComponentType.Container, components: images },
      ...(shown.length === 1 ? [] : [allButtons(shown.length, project.id, t)]),
    ],
    files: shown.map(({ picture }, index) => pictureFile(index + 1, picture)),
  };
}

/** Tells those who may approve images how many wait, with a button that shows them. Nothing if none waits. */
export async function reviewInvitation(
  project: Pick<ProjectInUse, "id" | "pending">,
  rights: Rights | undefined,
  { review: t }: Texts,
): Promise<APIMessageTopLevelComponent[]> {
  if (!may(project, rights, "approve")) return [];
  const { length: count } = firstOfEach(await project.pending.waiting());
  const open = { kind: "review", project: project.id } as const;
  return count === 0 ? [] : [textDisplay(t.waiting(count)), row(button(t.review, open, ButtonStyle.Primary))];
}

/** The first upload of each image: the same picture may have been sent more than once. */
function firstOfEach(waiting: readonly PendingImage[]): PendingImage[] {
  return [...Map.groupBy(waiting, ({ image }) => image).values()].flatMap(([first]) => first ?? []);
}

interface ShownImage {
  pending: PendingImage;
  picture: Buffer;
  /** Link to the answer that the sender got. */
  answer: string | undefined;
}

/** The first images that can be displayed. */
async function findShown(
  waiting: readonly PendingImage[],
  { pending }: Pick<ProjectInUse, "pending">,
  makePictures: PictureMaker,
): Promise<ShownImage[]> {
  const shown: ShownImage[] = [];
  for (const one of waiting) {
    if (shown.length === MAX_SHOWN) break;
    const [made] = await makePictures([pendingPath(one)], pending.images);
    if (made === undefined) continue;
    const answer = (await pending.find(one))?.answer;
    const link = answer?.guild && messageLink(answer.channel, answer.message, answer.guild);
    shown.push({ pending: one, picture: made.picture, answer: link });
  }
  return shown;
}

type ReviewTexts = Texts["review"];

function imageParts(
  { pending, picture, answer }: ShownImage,
  number: number,
  project: string | null,
  t: ReviewTexts,
): APIComponentInContainer[] {
  const { image } = pending;
  const file: AnswerFile = pictureFile(number, picture);
  const sent = t.sent(Math.floor(sentAt(pending) / 1_000), answer);
  return [
    gallery(file, String(number)),
    textDisplay(sent),
    row(
      button(t.approve, { kind: "decide", image, project, approve: true }, ButtonStyle.Primary),
      button(t.reject, { kind: "decide", image, project, approve: false }, ButtonStyle.Danger),
    ),
  ];
}

function allButtons(count: number, project: string | null, t: ReviewTexts) {
  return row(
    button(t.approveAll(count), { kind: "decide-all", project, approve: true }),
    button(t.rejectAll(count), { kind: "decide-all", project, approve: false }),
  );
}

function row(...components: APIButtonComponent[]): APIActionRowComponent<APIButtonComponent> {
  return { type: ComponentType.ActionRow, components };
}
