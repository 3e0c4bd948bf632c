import { ComponentType } from "discord-api-types/v10";
import { customIdsIn, type CustomId } from "../../jobs/custom-id.ts";
import type { InteractionReference } from "../../jobs/references.ts";
import { textsFor } from "../../texts/texts.ts";
import { giveWithEmoji } from "../give-with-emoji.ts";
import { progressMessage } from "../jobs/progress.ts";
import { button, textDisplay } from "../message-parts.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { aloneMessage } from "./alone-message.ts";
import type { Next } from "./find-next.ts";

/** A press on a private message in which a person labels alone. */
export interface PressOnMessage {
  interaction: InteractionReference;
  messageId: string;
}

/**
 * Does the work of a press, one press of a person at a time.
 * @param isPressed whether a custom id of the message shows that it still is what the person pressed
 * @param work gets the person's pseudonym, and whether the message may be changed: a redelivery must not overwrite what came later
 */
export async function afterPress(
  { interaction, messageId }: PressOnMessage,
  isPressed: (id: CustomId) => boolean,
  { pseudonymsOf, lockPerson }: ProjectInUse,
  { attempt, answers }: JobContext,
  work: (labeler: string, isShown: boolean) => Promise<void>,
): Promise<void> {
  const { labeler } = pseudonymsOf(interaction.userId);
  await lockPerson(labeler, async () => {
    if (attempt === 1) return work(labeler, true);
    const message = await answers.messages.read({ interaction, messageId, pressed: true });
    await work(labeler, message !== undefined && customIdsIn(message.components).some(isPressed));
  });
}

/** Whether a custom id is about the image that a session shows. */
export function isAbout({ session, image }: { session: string; image: string }): (id: CustomId) => boolean {
  return (id) => "session" in id && id.session === session && "image" in id && id.image === image;
}

interface Shown {
  session: string;
  interaction: InteractionReference;
  notice?: string | undefined;
}

/** Shows what a session found next. */
export async function showNext(
  next: Next,
  shown: Shown,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  const texts = textsFor(shown.interaction.locale);
  const { id, question, nameSeal } = project;
  const { session, notice } = shown;
  if (next.kind === "everything") await showEverything(shown, project, context);
  else if (next.kind === "no images") {
    const content = id === null ? texts.hotdog.noImages : texts.labeling.noImages;
    await context.answer.give({ content });
  } else {
    const { picture, skips, answered } = next;
    const alone = {
      session,
      project: id,
      question,
      picture,
      image: nameSeal.seal(session, picture.image),
      skips,
      answered,
      canGoBack: answered > 0,
      notice,
    };
    await giveWithEmoji(alone, aloneMessage, texts, context);
  }
}

/** Says that no image needs answers from this person, with the project's progress. */
async function showEverything(
  { session, interaction, notice }: Shown,
  project: ProjectInUse,
  { answer, log }: JobContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const { label: t } = texts;
  const report = await project.reportProgress(texts, { ...project, log });
  const { components, ...message } = progressMessage(report, project, texts);
  const title = notice === undefined ? t.everything : `${t.everything}\n${notice}`;
  const buttons = [
    button(t.back, { kind: "label-back", session, project: project.id, skips: 0 }),
    button(t.done, { kind: "label-done", session, project: project.id }),
  ];
  await answer.give({
    ...message,
    components: [textDisplay(title), ...components, { type: ComponentType.ActionRow, components: buttons }],
  });
}
