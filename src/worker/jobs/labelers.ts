import type { ExcludeJob, LabelersJob } from "../../jobs/labelers.ts";
import { shortPseudonym } from "../../labeling/short-pseudonym.ts";
import { textsFor } from "../../texts/texts.ts";
import { labelersMessage } from "../labelers-message.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";

/** Shows a moderator how well people label, one page at a time. */
export async function answerLabelers(
  { interaction, page = 0 }: LabelersJob,
  { id: project, reportLabelers }: ProjectInUse,
  { answer }: JobContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  await answer.give(labelersMessage(await reportLabelers(), { project, page }, texts));
}

/** Excludes a person, or takes that back. The list that the moderator has chosen from shows the result. */
export async function excludePerson(
  { interaction, page, exclusion }: ExcludeJob,
  { id: project, exclusions, trust, reportLabelers }: ProjectInUse,
  { answer }: JobContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const t = texts.labelers;
  const outcome = await exclusions.set({ id: interaction.id, ...exclusion });
  if (outcome === "erased") return answer.refuse({ content: t.gone });
  const name = shortPseudonym(exclusion.labeler);
  const last = (await trust.exclusions()).get(exclusion.labeler);
  // This delivery may be a late one, after a newer decision.
  const isCurrent = last?.id === interaction.id;
  const done = exclusion.excluded ? t.excluded(name) : t.takenBack(name);
  await answer.give(
    labelersMessage(await reportLabelers(), { project, page, ...(isCurrent && { notice: done }) }, texts),
  );
}
