import type { Hono } from "hono";
import { z } from "zod/mini";
import { invalidForm, messageTooOld, wrongNumberToDelete } from "../errors.ts";
import { deleteMessages } from "../messages/delete.ts";
import type { Discord } from "../state/discord.ts";
import { snowflakeTime } from "../state/snowflake.ts";
import { assertCanDelete } from "../threads/thread-rules.ts";
import { assertMayModerate } from "./messages.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

const MAX_AGE_MS = 14 * 24 * 60 * 60_000;
const MIN_MESSAGES = 2;
const MAX_MESSAGES = 100;

// Discord publishes no schema for this.
const chosen = z.object({ messages: z.array(z.string().check(z.regex(/^\d{1,20}$/))) });

/** @see https://discord.com/developers/docs/resources/message#bulk-delete-messages */
export function bulkDeleteRoutes(api: Hono, discord: Discord): void {
  const { world } = discord;
  api.post("/channels/:channel/messages/bulk-delete", async (c) => {
    const channelId = c.req.param("channel");
    assertMayModerate(world, channelId);
    const { messages: ids } = validate(chosen, (await requestBody(c)).json);
    if (ids.length < MIN_MESSAGES || ids.length > MAX_MESSAGES) throw wrongNumberToDelete();
    const repeated = ids.findIndex((id, index) => ids.indexOf(id) < index);
    if (repeated !== -1) {
      const message = "The set already contains this value.";
      const path = ["messages", String(repeated)];
      throw invalidForm([{ path, code: "SET_TYPE_ALREADY_CONTAINS_VALUE", message }]);
    }
    const oldest = discord.stamp() - MAX_AGE_MS;
    if (ids.some((id) => snowflakeTime(id) < oldest)) throw messageTooOld();
    assertCanDelete(world, world.bot.id, channelId);
    deleteMessages(discord, channelId, ids);
    return c.body(null, 204);
  });
}
