import type { StatsJob } from "../../src/jobs/stats.ts";

/** A valid job with this id. */
export function statsJob(id: number, changes: Partial<StatsJob> = {}): StatsJob {
  return {
    kind: "stats",
    interaction: {
      id: String(id),
      applicationId: "1",
      token: `token-of-${id}`,
      locale: "en-US",
      guildId: "2",
      channelId: "3",
      userId: "4",
    },
    request: "3 5 8",
    numbers: ["3", "5", "8"],
    commaBetweenDigits: false,
    ...changes,
  };
}
