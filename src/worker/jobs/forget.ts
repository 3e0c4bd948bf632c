import type { Project } from "../../project/project.ts";
import type { ForgetJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import type { Erasure } from "../../project/erasure.ts";
import { textsFor } from "../../texts/texts.ts";
import type { Answers } from "../answers.ts";

interface ForgetContext {
  answers: Pick<Answers, "give">;
  erasure: Erasure;
  pseudonymsOf: Project["pseudonymsOf"];
}

/** Removes all that is kept about a person and, once it is gone, says what that was. */
export async function forgetPerson(
  { interaction }: ForgetJob,
  { attempt }: Delivery,
  { answers, erasure, pseudonymsOf }: ForgetContext,
): Promise<void> {
  const t = textsFor(interaction.locale).forgetMe;
  const person = pseudonymsOf(interaction.userId);
  const { labels, uploads } = await erasure.erase(person, interaction.id);
  const content = labels + uploads === 0 ? t.nothing : t.done(labels, uploads);
  await answers.give(interaction, { content }, { again: attempt > 1, late: "drop" });
}
