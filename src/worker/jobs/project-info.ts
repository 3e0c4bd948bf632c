import { MessageFlags } from "discord-api-types/v10";
import type { ProjectInfoJob } from "../../jobs/project.ts";
import { textsFor } from "../../texts/texts.ts";
import { textDisplay } from "../message-parts.ts";
import { moderatorInfo } from "../moderator-info.ts";
import { isChannelProject, type ChannelProject, type ProjectInUse } from "../project-in-use.ts";
import { may } from "../rights.ts";
import type { JobContext } from "../run-job.ts";
import { reviewInvitation } from "../review-message.ts";
import { settingsTexts } from "../settings-message.ts";

/** Tells a person what the project of the place is. Moderators of the hot dogs find there what waits for them. */
export async function answerInfo(
  job: ProjectInfoJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  if (isChannelProject(project)) return answerProjectInfo(job, project, context);
  const { locale, rights } = job.interaction;
  const texts = textsFor(locale);
  const invitation = await reviewInvitation(project, rights, texts);
  if (invitation.length === 0) return context.answer.refuse({ content: texts.place.none });
  const components = [textDisplay(texts.place.none), textDisplay(texts.review.hotdogs), ...invitation];
  await context.answer.give({ flags: MessageFlags.IsComponentsV2, components });
}

/** Tells a person what the channel's project is: its settings, how far it has come, and since when. */
async function answerProjectInfo(
  { interaction }: ProjectInfoJob,
  project: ChannelProject,
  { answer }: JobContext,
): Promise<void> {
  const { id, definition, images, tally } = project;
  const texts = textsFor(interaction.locale);
  const t = texts.projectAnswers;
  const [all, { answers, votes }] = await Promise.all([images.all(), tally.read()]);
  const isModerator = may(project, interaction.rights, "moderate");
  const since = Math.floor(Date.parse(definition.createdAt) / 1_000);
  await answer.give({
    flags: MessageFlags.IsComponentsV2,
    components: [
      textDisplay(t.info),
      ...settingsTexts(definition, texts),
      textDisplay(t.figures(all.length, answers, votes.people.length)),
      ...(isModerator ? await moderatorInfo(project, texts) : []),
      ...(await reviewInvitation(project, interaction.rights, texts)),
      textDisplay(t.label),
      textDisplay(t.since(since, id)),
    ],
  });
}
