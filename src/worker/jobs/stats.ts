import { userMention } from "@discordjs/formatters";
import type { APIEmbed } from "discord-api-types/v10";
import { writtenNumber } from "../../stats/numbers.ts";
import { statsOf, type Stats } from "../../stats/stats.ts";
import type { Transaction } from "../../stats/transaction.ts";
import type { StatsJob } from "../../jobs/job.ts";
import type { Delivery } from "../../queue/queue.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import type { Answers } from "../answers.ts";
import { MUSTARD } from "../colors.ts";

/** Computes and answers in the channel. Resolves with what is to be logged of it. */
export async function answerStats(
  job: StatsJob,
  { attempt }: Delivery,
  { answers }: { answers: Answers },
): Promise<Transaction> {
  const { interaction, request } = job;
  const stats = statsOf(job.numbers);
  const numbers = job.numbers.map(writtenNumber);
  const message = messageOf({ ...job, numbers }, stats, textsFor(interaction.locale));
  const answered = await answers.give(interaction, message, { again: attempt > 1, late: "post" });
  const { id, guildId, channelId } = interaction;
  const answeredAt = answered.toISOString();
  return {
    id,
    kind: job.kind,
    answeredAt,
    guildId,
    channelId,
    request,
    numbers,
    ...stats,
    attempts: attempt,
  };
}

function messageOf(job: StatsJob, stats: Stats, texts: Texts): { content: string; embeds: APIEmbed[] } {
  const t = texts.stats.answer;
  const asked = t.asked(userMention(job.interaction.userId), job.numbers.join(" · "));
  return {
    content: job.commaBetweenDigits ? `${asked}\n-# ${t.commaSeparates}` : asked,
    // Lines rather than fields: long numbers fit on a phone, and everyone reads the same, by eye or by ear.
    embeds: [{ color: MUSTARD, description: t.stats(stats.min, stats.max, stats.mean, stats.median) }],
  };
}
