import { userMention } from "@discordjs/formatters";
import type { APIEmbed } from "discord-api-types/v10";
import type { ClientStatsJob, StatsJob } from "../../jobs/stats.ts";
import { formatNumber } from "../../stats/numbers.ts";
import { computeStats, type Stats } from "../../stats/stats.ts";
import { textsFor, type Texts } from "../../texts/texts.ts";
import { MUSTARD } from "../colors.ts";
import type { JobContext } from "../run-job.ts";
import { logTransaction } from "./transaction-log.ts";

/** Answers `/stats` in the channel, then writes the transaction log. */
export async function answerStats(job: StatsJob, context: StatsContext): Promise<void> {
  const stats = computeStats(job.numbers);
  const { id, guildId, channelId, locale } = job.interaction;
  const message = messageOf(job, stats, textsFor(locale));
  await answerAndLog({ ...job, id, guildId, channelId }, { ...message, stats }, context);
}

/** Answers a client without Discord, then writes the transaction log. */
export async function answerClientStats(job: ClientStatsJob, context: StatsContext): Promise<void> {
  const stats = computeStats(job.numbers);
  await answerAndLog({ ...job, guildId: null, channelId: null }, { stats }, context);
}

type StatsContext = Pick<JobContext, "answer" | "attempt" | "createText" | "jobs" | "log">;

interface Request extends Pick<StatsJob, "request" | "numbers"> {
  id: string;
  kind: string;
  guildId: string | null;
  channelId: string | null;
}

async function answerAndLog(
  { id, kind, guildId, channelId, request, numbers }: Request,
  message: { stats: Stats },
  context: StatsContext,
): Promise<void> {
  const answered = await context.answer.give(message);
  await logTransaction(
    {
      id,
      kind,
      answeredAt: answered.toISOString(),
      guildId,
      channelId,
      request,
      numbers: numbers.map(formatNumber),
      ...message.stats,
      attempts: context.attempt,
    },
    context,
  );
}

function messageOf(
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
