import { userMention } from "@discordjs/formatters";
import type { APIEmbed } from "discord-api-types/v10";
import type { ClientStatsJob, StatsJob } from "../../jobs/stats.ts";
import { formatNumber } from "../../stats/numbers.ts";
import { computeStats, type Stats } from "../../stats/stats.ts";
import type { Transaction } from "../../stats/transaction.ts";
import { writeTransactionLog } from "../../stats/transaction-log.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import { MUSTARD } from "../message-parts.ts";
import type { AnswerTarget, JobContext } from "../run-job.ts";

type StatsContext = Pick<JobContext, "attempt" | "createText" | "jobs" | "log"> & {
  answer: Pick<AnswerTarget, "give">;
};

/** Answers `/stats` in the channel, then writes the transaction log. */
export async function answerStats(job: StatsJob, context: StatsContext): Promise<void> {
  const stats = computeStats(job.numbers);
  const message = statsMessage(job, stats, textsFor(job.interaction.locale));
  const answered = await context.answer.give({ ...message, stats });
  await logTransaction({ ...job, ...job.interaction }, stats, answered, context);
}

/** Answers a client without Discord, then writes the transaction log. */
export async function answerClientStats(job: ClientStatsJob, context: StatsContext): Promise<void> {
  const stats = computeStats(job.numbers);
  const answered = await context.answer.give({ stats });
  await logTransaction({ ...job, guildId: null, channelId: null }, stats, answered, context);
}

function statsMessage(
  { interaction, numbers, commaBetweenDigits }: StatsJob,
  { min, max, mean, median }: Stats,
  texts: Texts,
): { content: string; embeds: APIEmbed[] } {
  const t = texts.stats.answer;
  const asked = t.asked(userMention(interaction.userId), numbers.map(formatNumber).join(" · "));
  return {
    content: commaBetweenDigits ? `${asked}\n-# ${t.commaSeparates}` : asked,
    // Lines instead of fields: long numbers fit on a phone, and a screen reader reads them in order.
    embeds: [{ color: MUSTARD, description: t.stats(min, max, mean, median) }],
  };
}

/**
 * Writes the log of an answer that was given. If that fails, sends a job that writes it later, so that the answer itself is not
 * retried.
 * @throws Error if the queue does not accept that job either
 */
async function logTransaction(
  job: Pick<Transaction, "id" | "kind" | "guildId" | "channelId" | "request" | "numbers">,
  stats: Stats,
  answered: Date,
  { attempt, createText, jobs, log }: StatsContext,
): Promise<void> {
  const { id, kind, guildId, channelId, request, numbers } = job;
  const transaction = {
    id,
    kind,
    answeredAt: answered.toISOString(),
    guildId,
    channelId,
    request,
    numbers: numbers.map(formatNumber),
    ...stats,
    attempts: attempt,
  };
  try {
    await writeTransactionLog(createText, transaction);
  } catch (error) {
    log.warn(
      { err: error },
      "the answer was given but its log could not be written; a new job will write it",
    );
    await jobs.send({ kind: "transaction-log", transaction });
  }
}
