import { snowflakeTime } from "../platform/snowflake.ts";

/** The snowflake that a row's id begins with. */
export function snowflakeIn(id: string): bigint {
  return BigInt(id.split("-", 1)[0] ?? id);
}

/** When the thing came to be that a row speaks of, in milliseconds since 1970. Its id is a snowflake, or one and a suffix. */
export function idTime(id: string): number {
  return snowflakeTime(id.split("-", 1)[0] ?? id).getTime();
}
