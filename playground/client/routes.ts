import type { APIUser } from "discord-api-types/v10";
import { Hono } from "hono";
import { z } from "zod";
import { createMessage } from "../messages/create.ts";
import { DiscordError } from "../errors.ts";
import { isOwnOrigin } from "../same-machine.ts";
import type { Discord } from "../state/discord.ts";
import { people } from "../state/world.ts";
import { invokeCommand, pressButton } from "../users/invoke.ts";
import { Refused } from "../users/refused.ts";

const base = { user_id: z.string(), channel_id: z.string(), locale: z.string(), nonce: z.string() };
const option = z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) });
const interactionBody = z.discriminatedUnion("type", [
  z.object({ ...base, type: z.literal(2), data: z.object({ name: z.string(), options: z.array(option) }) }),
  z.object({
    ...base,
    type: z.literal(3),
    message_id: z.string(),
    data: z.object({ custom_id: z.string() }),
  }),
]);
const messageBody = z.object({ user_id: z.string(), content: z.string().max(2000), nonce: z.string() });

/** What people do on the page: client-protocol.ts. */
export function clientApi(discord: Discord, log: (line: string) => void): Hono {
  const client = new Hono();
  client.onError((error, c) => {
    const theirs = [Refused, DiscordError, z.ZodError, SyntaxError].some((kind) => error instanceof kind);
    if (!theirs) log(`${c.req.method} ${c.req.path} failed: ${error.stack}`);
    return c.json({ message: error.message }, theirs ? 400 : 500);
  });
  client.use(async (c, next) => {
    const own = isOwnOrigin(c.req.header("origin"), c.req.header("host"));
    return own ? next() : c.json({ message: "Only the local Discord's own page is served." }, 403);
  });
  client.post("/interactions", async (c) => {
    interact(discord, interactionBody.parse(await c.req.json()));
    return c.body(null, 204);
  });
  client.post("/channels/:channel/messages", async (c) => {
    const { user_id, content, nonce } = messageBody.parse(await c.req.json());
    const author = userOf(discord, user_id);
    const channelId = c.req.param("channel");
    return c.json(createMessage(discord, { author, channelId, body: { content }, more: { nonce } }));
  });
  return client;
}

function interact(discord: Discord, body: z.infer<typeof interactionBody>): void {
  const { user_id, channel_id: channelId, locale, nonce } = body;
  const invocation = { user: userOf(discord, user_id), channelId, locale, nonce };
  if (body.type === 3) {
    pressButton(discord, invocation, { messageId: body.message_id, customId: body.data.custom_id });
  } else {
    const options = Object.fromEntries(body.data.options.map(({ name, value }) => [name, value]));
    invokeCommand(discord, invocation, { name: body.data.name, options });
  }
}

function userOf({ world }: Discord, id: string): APIUser {
  const user = people(world).find((person) => person.id === id);
  if (!user) throw new Refused("There is no such person.");
  return user;
}
