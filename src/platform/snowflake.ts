import { z } from "zod";

/** 2015-01-01 UTC: Discord's ids hold the milliseconds since then above their lowest 22 bits. */
const DISCORD_EPOCH = 1_420_070_400_000n;

const SNOWFLAKE = /^\d{1,19}$/;

/** Schema of an id of Discord. */
export const snowflake = z.string().regex(SNOWFLAKE);

export function isSnowflake(text: string): boolean {
  return SNOWFLAKE.test(text);
}

/**
 * The time at which Discord created the thing with this id.
 * @see https://discord.com/developers/docs/reference#snowflakes
 */
export function snowflakeTime(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + DISCORD_EPOCH));
}

/**
 * The smallest id that Discord could create at this time.
 * @param time milliseconds since 1970
 */
export function firstSnowflakeAt(time: number): string {
  return String((BigInt(time) - DISCORD_EPOCH) << 22n);
}

/**
 * Makes an id like Discord's, for things that Discord does not create.
 * @param now milliseconds since 1970
 * @param random from 0 up to, not including, 1
 */
export function newSnowflake(now: number, random: () => number): string {
  const chance = BigInt(Math.floor(random() * 2 ** 22));
  return String(BigInt(firstSnowflakeAt(now)) | chance);
}
