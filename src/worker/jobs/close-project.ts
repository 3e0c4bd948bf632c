import { ButtonStyle, ComponentType } from "discord-api-types/v10";
import type { CloseProjectJob, OfferClosingJob } from "../../jobs/project.ts";
import { escapeFormatting } from "../../jobs/settings-text.ts";
import { textsFor } from "../../texts/texts.ts";
import { button } from "../message-parts.ts";
import type { ChannelProject } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import { settlePending } from "../settle-pending.ts";

/** Asks a manager whether to close the channel's project, and offers to export its labels first. */
export async function offerClosing(
  { interaction }: OfferClosingJob,
  { id: project, definition }: ChannelProject,
  { answer }: JobContext,
): Promise<void> {
  const t = textsFor(interaction.locale).projectAnswers;
  const buttons = [
    button(t.export, { kind: "export-project", project }),
    button(t.close, { kind: "close-project", project }, ButtonStyle.Danger),
  ];
  await answer.give({
    content: t.offerClosing(escapeFormatting(definition.question)),
    components: [{ type: ComponentType.ActionRow, components: buttons }],
  });
}

/** Closes a project for good. What it holds stays in the store, except images that wait for approval, which nobody can give any more. */
export async function closeProject(
  { interaction }: CloseProjectJob,
  project: ChannelProject,
  { answer, now, projectIndex, projects, settling }: JobContext,
): Promise<void> {
  const { id, definition, pending } = project;
  await projectIndex.close(id, now());
  projects.forget(definition.channel);
  await answer.give({ content: textsFor(interaction.locale).projectAnswers.closed, components: [] });
  const waiting = await pending.all();
  for (const one of waiting) await pending.decide(one, "rejected");
  await settlePending(waiting, project, settling);
}
