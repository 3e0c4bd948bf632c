import { z } from "zod";

/** Discord's ids hold the milliseconds since 2015-01-01 UTC above their lowest 22 bits. */
const DISCORD_EPOCH = 1_420_070_400_000n;

const SNOWFLAKE = /^\d{1,19}$/;
export const snowflake = z.string().regex(SNOWFLAKE);

export function isSnowflake(text: string): boolean {
  return SNOWFLAKE.test(text);
}

/**
 * When the thing with this id came to be, by Discord's clock.
 * @see https://discord.com/developers/docs/reference#snowflakes
 */
export function snowflakeTime(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + DISCORD_EPOCH));
}

/** The least id of what comes to be at this time, in milliseconds since 1970. */
export function firstSnowflakeAt(time: number): string {
  return String((BigInt(time) - DISCORD_EPOCH) << 22n);
}

/**
 * An id as Discord makes them, for what does not come from Discord.
 * @param now milliseconds since 1970
 * @param random from 0 up to, not including, 1
 */
export function newSnowflake(now: number, random: () => number): string {
  const chance = BigInt(Math.floor(random() * 2 ** 22));
  return String(BigInt(firstSnowflakeAt(now)) | chance);
}
