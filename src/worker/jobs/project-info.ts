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

/** Tells a person what the channel's project is. Without one, moderators of the hot dogs learn what they know about these. */
export async function answerProjectInfo(
  job: ProjectInfoJob,
  project: ProjectInUse,
  context: JobContext,
): Promise<void> {
  if (isChannelProject(project)) return describeProject(job, project, context);
  const { rights, locale } = job.interaction;
  const texts = textsFor(locale);
  const content = texts.place.none;
  if (!may(project, rights, "moderate")) return context.answer.refuse({ content });
  const known = await moderatorInfo(project, texts);
  const waiting = await reviewInvitation(project, rights, texts);
  const hotdogs = waiting.length > 0 ? [textDisplay(texts.review.hotdogs), ...waiting] : [];
  await context.answer.give({
    flags: MessageFlags.IsComponentsV2,
    components: [textDisplay(content), ...known, ...hotdogs],
  });
}

/** Says how a project is set up, how far it has come, and since when it exists. */
async function describeProject(
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
