import type { APIUser } from "discord-api-types/v10";
import { ApplicationCommandOptionType } from "discord-api-types/v10";
import { Hono } from "hono";
import { z } from "zod";
import { DiscordError } from "../errors.ts";
import type { Upload } from "../messages/upload.ts";
import { ModalRefusedError } from "../modals/modal-refused.ts";
import { submitModal } from "../modals/submit-modal.ts";
import { requestBody } from "../rest/request-body.ts";
import { isOwnOrigin } from "../same-machine.ts";
import type { Discord } from "../state/discord.ts";
import { people } from "../state/world.ts";
import { askForChoices } from "../users/autocomplete.ts";
import type { OptionValue } from "../users/command-options.ts";
import { invokeCommand, invokeMessageCommand, pressButton } from "../users/invoke.ts";
import { invokeUserCommand } from "../users/invoke-user-command.ts";
import { post } from "../users/post.ts";
import { chooseInSelect } from "../users/select.ts";
import { NotAllowedError } from "../users/not-allowed.ts";
import { clientMessageRoutes } from "./message-routes.ts";
import { modalSubmit, modalValues } from "./modal-submit.ts";
import { fileAt } from "./request-files.ts";
import { clientThreadRoutes } from "./thread-routes.ts";

const base = { user_id: z.string(), channel_id: z.string(), locale: z.string(), nonce: z.string() };
const option = z.object({
  name: z.string(),
  type: z.enum(ApplicationCommandOptionType),
  value: z.union([z.string(), z.number(), z.boolean()]),
});
const interactionBody = z.discriminatedUnion("type", [
  z.object({
    ...base,
    type: z.literal(2),
    data: z.discriminatedUnion("type", [
      z.object({ type: z.literal(1), name: z.string(), options: z.array(option) }),
      z.object({ type: z.literal(2), name: z.string(), target_id: z.string() }),
      z.object({ type: z.literal(3), name: z.string(), target_id: z.string() }),
    ]),
  }),
  z.object({
    ...base,
    type: z.literal(4),
    data: z.object({
      name: z.string(),
      options: z.array(option.extend({ focused: z.literal(true).optional() })),
    }),
  }),
  z.object({
    ...base,
    type: z.literal(3),
    message_id: z.string(),
    data: z.object({ custom_id: z.string(), values: z.array(z.string()).optional() }),
  }),
  modalSubmit.extend(base),
]);
const messageBody = z.object({ user_id: z.string(), content: z.string().max(2000), nonce: z.string() });

/** Serves the page's requests, which client-protocol.ts describes. */
export function clientApi(discord: Discord, log: (line: string) => void): Hono {
  const client = new Hono();
  client.onError((error, c) => {
    const theirs = [NotAllowedError, DiscordError, z.ZodError, SyntaxError].some(
      (kind) => error instanceof kind,
    );
    if (!theirs) log(`${c.req.method} ${c.req.path} failed: ${error.stack}`);
    const { message } = error;
    if (error instanceof ModalRefusedError) return c.json({ message, errors: error.errors }, 400);
    return c.json({ message }, theirs ? 400 : 500);
  });
  client.use(async (c, next) => {
    const own = isOwnOrigin(c.req.header("origin"), c.req.header("host"));
    return own ? next() : c.json({ message: "Requests from pages of other origins are refused." }, 403);
  });
  client.post("/interactions", async (c) => {
    const { json, files } = await requestBody(c);
    interact(discord, interactionBody.parse(json), files);
    return c.body(null, 204);
  });
  client.post("/channels/:channel/messages", async (c) => {
    const { json, files } = await requestBody(c);
    const { user_id, ...message } = messageBody.parse(json);
    const channelId = c.req.param("channel");
    return c.json(post(discord, userOf(discord, user_id), { channelId, files, ...message }));
  });
  clientThreadRoutes(client, discord, userOf);
  clientMessageRoutes(client, discord, userOf);
  return client;
}

function interact(discord: Discord, body: z.infer<typeof interactionBody>, files: Upload[]): void {
  const { user_id, channel_id: channelId, locale, nonce } = body;
  const invocation = { user: userOf(discord, user_id), channelId, locale, nonce };
  if (body.type === 4) {
    askForChoices(discord, invocation, focusOf(body.data));
  } else if (body.type === 5) {
    submitModal(discord, invocation, { modalId: body.modal_id, values: modalValues(body.data, files) });
  } else if (body.type === 3) {
    const { custom_id: customId, values } = body.data;
    const component = { messageId: body.message_id, customId };
    if (values) chooseInSelect(discord, invocation, { ...component, values });
    else pressButton(discord, invocation, component);
  } else if (body.data.type === 2) {
    invokeUserCommand(discord, invocation, { name: body.data.name, userId: body.data.target_id });
  } else if (body.data.type === 3) {
    invokeMessageCommand(discord, invocation, { name: body.data.name, messageId: body.data.target_id });
  } else {
    const options = body.data.options.map((option) => [option.name, valueOf(option, files)]);
    invokeCommand(discord, invocation, { name: body.data.name, options: Object.fromEntries(options) });
  }
}

/** @throws NotAllowedError if no option is focused */
function focusOf({ name, options }: Extract<z.infer<typeof interactionBody>, { type: 4 }>["data"]) {
  const focused = options.find((one) => one.focused);
  if (!focused) throw new NotAllowedError("No option is focused.");
  const others = options.filter((one) => one !== focused).map((one) => [one.name, one.value] as const);
  return { name, option: focused.name, typed: String(focused.value), values: Object.fromEntries(others) };
}

function valueOf({ type, value }: z.infer<typeof option>, files: Upload[]): OptionValue {
  return type === ApplicationCommandOptionType.Attachment ? fileAt(value, files, "command") : value;
}

function userOf({ world }: Discord, id: string): APIUser {
  const user = people(world).find((person) => person.id === id);
  if (!user) throw new NotAllowedError("There is no such person.");
  return user;
}
