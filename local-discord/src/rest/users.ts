import type { Hono } from "hono";
import { z } from "zod/mini";
import { invalidRecipients } from "../errors.ts";
import { currentUser } from "../state/application.ts";
import { channel } from "../state/channels.ts";
import type { Discord } from "../state/discord.ts";
import { people } from "../state/world.ts";
import { requestBody } from "./request-body.ts";
import { validate } from "./validate.ts";

const recipient = z.object({ recipient_id: z.string() });

/** @see https://discord.com/developers/docs/resources/user */
export function userRoutes(api: Hono, { world }: Discord): void {
  api.get("/users/@me", (c) => c.json(currentUser(world)));
  // The channel exists from the start, so nothing is created.
  api.post("/users/@me/channels", async (c) => {
    const { recipient_id: id } = validate(recipient, (await requestBody(c)).json);
    const person = people(world).find((user) => user.id === id);
    if (!person) throw invalidRecipients();
    return c.json(channel(world, world.directChannelIds[person.username] ?? ""));
  });
}
