import type { MeJob } from "../../jobs/me.ts";
import { betaInterval } from "../../labeling/beta.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { OwnReport } from "../own-report.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import { answerName } from "../question-texts.ts";
import type { JobContext } from "../run-job.ts";

/** With fewer answers to gold images, chance says more than skill. */
const MIN_GOLD = 10;
/** What is assumed about a share before the first answer counts as half an answer each way (Jeffreys' prior). */
const HALF = 0.5;

/** Tells a person how well they label. Excluded people read the same as before. */
export async function answerMe(
  { interaction }: MeJob,
  { question, pseudonymsOf, reportOwn }: ProjectInUse,
  { answer }: JobContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const report = await reportOwn(pseudonymsOf(interaction.userId).labeler);
  await answer.give({ content: lines(report, question, texts).join("\n") });
}

function lines(
  { images, gold, settled }: OwnReport,
  question: ProjectInUse["question"],
  texts: Texts,
): string[] {
  const { me: t, label } = texts;
  if (images === 0) return [t.nothing(label.command.name)];
  const byLabel = settled.byLabel.flatMap(({ agreeing, voted }, number) =>
    voted === 0 ? [] : [t.byLabel(answerName(question, number, texts), agreeing, voted)],
  );
  const notes = [
    ...(gold === undefined ? [] : [t.notes.gold]),
    t.notes.settled,
    ...(question.offersUnsure ? [t.notes.unsure] : []),
  ];
  return [
    t.title,
    t.answered(images),
    ...(gold === undefined ? [] : [goldLine(gold, texts)]),
    settled.voted === 0 ? t.fewSettled : t.settled(settled.agreeing, settled.voted),
    ...byLabel,
    `-# ${notes.join(" ")}`,
  ];
}

function goldLine({ right, voted }: NonNullable<OwnReport["gold"]>, { me: t }: Texts): string {
  return voted < MIN_GOLD
    ? t.fewGold(voted, MIN_GOLD)
    : t.gold(right, voted, betaInterval(right + HALF, voted - right + HALF));
}
