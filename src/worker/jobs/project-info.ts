import { MessageFlags } from "discord-api-types/v10";
import type { ProjectInfoJob } from "../../jobs/project.ts";
import { textsFor } from "../../texts/texts.ts";
import { textDisplay } from "../message-parts.ts";
import { moderatorInfo } from "../moderator-info.ts";
import type { ChannelProject } from "../project-in-use.ts";
import { may } from "../rights.ts";
import type { JobContext } from "../run-job.ts";
import { settingsTexts } from "../settings-message.ts";

/** Tells a person what the channel's project is: its settings, how far it has come, and since when. */
export async function answerProjectInfo(
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
      textDisplay(t.label),
      textDisplay(t.since(since, id)),
    ],
  });
}
