import { snowflakeTime } from "../domain/snowflake.ts";

/** When the thing came to be that a row speaks of, in milliseconds since 1970. Its id is a snowflake, or one and a suffix. */
export function idTime(id: string): number {
  return snowflakeTime(id.split("-", 1)[0] ?? id).getTime();
}
