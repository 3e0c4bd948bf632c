import { z } from "zod";
import { snowflake } from "../platform/snowflake.ts";

/** Longer than any that Discord has: "es-419" has 6 characters. */
export const locale = z.string().max(10);

/**
 * Stands in addresses of Discord's API, so it holds nothing that could lead elsewhere: no separator, no percent sign (which
 * `Routes` leaves as it is), no step to another folder.
 */
const token = z.string().regex(/^(?!\.+$)[\w.~=-]{1,500}$/);

/** Where the answer to an interaction goes, and in which language. */
export const interaction = z.object({
  /** The interaction's id: names the job, and holds the time at which the person asked. */
  id: snowflake,
  /** The worker takes none but its own. */
  applicationId: snowflake,
  /** Good for 15 minutes; a secret, never logged. */
  token,
  locale,
  guildId: snowflake.nullable(),
  channelId: snowflake,
  userId: snowflake,
});
