/** The first millisecond of 2015: https://discord.com/developers/docs/reference#snowflakes */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;

export type NextSnowflake = () => string;

/**
 * Generates ids like Discord's: they contain their time and strictly increase, even while `now` stands still.
 * @param first number of an id among those of its millisecond; default 0
 */
export function snowflakes(now: () => number, first = 0n): NextSnowflake {
  let last = 0n;
  return () => {
    const earliest = ((BigInt(Math.trunc(now())) - DISCORD_EPOCH_MS) << 22n) + first;
    last = earliest > last ? earliest : last + 1n;
    return last.toString();
  };
}

/** Returns the time of an id in milliseconds since 1970. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH_MS);
}
