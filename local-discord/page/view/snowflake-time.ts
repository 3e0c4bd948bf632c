/** Midnight of January 1, 2015, from which Discord counts. */
const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** Returns the time at which an id was made, in milliseconds since 1970. */
export function snowflakeTime(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}
