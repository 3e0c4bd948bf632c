import {
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
} from "discord-api-spec/zod";
import type { Context, Hono } from "hono";
import { editAnswer, findAnswer, followUp } from "../messages/answer.ts";
import { deleteMessage } from "../messages/delete.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { unknownWebhook } from "../errors.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

/** @see https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints */
export function webhookRoutes(api: Hono, discord: Discord): void {
  function interactionOf(c: Context): Interaction {
    if (c.req.param("application") !== discord.world.applicationId) throw unknownWebhook();
    return discord.interactions.byToken(c.req.param("token") ?? "");
  }
  // The token is checked before the body is read.
  api.post("/webhooks/:application/:token", async (c) => {
    const interaction = interactionOf(c);
    const { json, files } = await requestBody(c);
    return c.json(followUp(discord, interaction, validate(IncomingWebhookRequestPartialSchema, json), files));
  });
  // The id can be `@original`.
  const message = "/webhooks/:application/:token/messages/:id";
  api.get(message, (c) => c.json(findAnswer(discord, interactionOf(c), c.req.param("id"))));
  api.patch(message, async (c) => {
    const interaction = interactionOf(c);
    const { json, files } = await requestBody(c);
    const body = validate(IncomingWebhookUpdateRequestPartialSchema, json);
    return c.json(editAnswer(discord, interaction, { id: c.req.param("id"), body, files }));
  });
  api.delete(message, (c) => {
    deleteMessage(discord, findAnswer(discord, interactionOf(c), c.req.param("id")));
    return c.body(null, 204);
  });
}
