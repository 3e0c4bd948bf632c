import type { APIUser } from "discord-api-types/v10";
import type { Hono } from "hono";
import { z } from "zod";
import type { ClientPerson } from "../client-protocol.ts";
import { requestBody } from "../rest/request-body.ts";
import type { Discord } from "../state/discord.ts";
import { setPin, setReaction, startTyping } from "../users/reactions-and-pins.ts";

const person: z.ZodType<ClientPerson> = z.object({ user_id: z.string() });

/** Serves the page's requests about reactions, pins and typing. */
export function clientMessageRoutes(
  client: Hono,
  discord: Discord,
  userOf: (discord: Discord, id: string) => APIUser,
): void {
  const by = (json: unknown) => userOf(discord, person.parse(json).user_id);
  for (const method of ["PUT", "DELETE"] as const) {
    const on = method === "PUT";
    client.on(method, "/messages/:message/reactions/:emoji", async (c) => {
      const { message: messageId, emoji } = c.req.param();
      setReaction(discord, by((await requestBody(c)).json), { messageId, emoji, on });
      return c.body(null, 204);
    });
    client.on(method, "/messages/:message/pin", async (c) => {
      setPin(discord, by((await requestBody(c)).json), { messageId: c.req.param("message"), on });
      return c.body(null, 204);
    });
  }
  client.post("/channels/:channel/typing", async (c) => {
    startTyping(discord, by((await requestBody(c)).json), c.req.param("channel"));
    return c.body(null, 204);
  });
}
