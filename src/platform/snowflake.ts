import { z } from "zod";

/** 2015-01-01 UTC: Discord's ids hold the milliseconds since then above their lowest 22 bits. */
const DISCORD_EPOCH = 1_420_070_400_000n;

const SNOWFLAKE = /^\d{1,19}$/;

/** Schema of a Discord id. */
export const snowflake = z.string().regex(SNOWFLAKE);

export function isSnowflake(text: string): boolean {
  return SNOWFLAKE.test(text);
}

/**
 * Returns the time at which Discord created this id.
 * @see https://discord.com/developers/docs/reference#snowflakes
 */
export function snowflakeTime(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + DISCORD_EPOCH));
}

/**
 * Returns the smallest id that Discord can create at this time.
 * @param time milliseconds since 1970
 */
export function firstSnowflakeAt(time: number): string {
  return String((BigInt(time) - DISCORD_EPOCH) << 22n);
}

/**
 * Creates an id like Discord's, for a job that does not come from Discord.
 * @param now milliseconds since 1970
 * @param random from 0 up to, not including, 1
 */
export function newSnowflake(now: number, random: () => number): string {
  const lowBits = BigInt(Math.floor(random() * 2 ** 22));
  return String(BigInt(firstSnowflakeAt(now)) | lowBits);
}
