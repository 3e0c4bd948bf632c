import {
  CreateMessageInteractionCallbackRequestSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from "discord-api-spec/zod";
import { InteractionResponseType, InteractionType, MessageFlags } from "discord-api-types/v10";
import type { APIMessage } from "discord-api-types/v10";
import type { Hono } from "hono";
import { z } from "zod/mini";
import { deferReply, editAnswer, reply } from "../messages/answer.ts";
import { hasFlag } from "../messages/message-rules.ts";
import type { Upload } from "../messages/upload.ts";
import { assertCanOpenModal, openModal } from "../modals/open-modal.ts";
import type { Discord } from "../state/discord.ts";
import type { Interaction } from "../state/interactions.ts";
import { inField, invalidForm, notBuilt, unknownInteraction } from "../errors.ts";
import { type RequestBody, requestBody } from "./request-body.ts";
import { assertAnswersAutocompletion, suggestChoices } from "./suggest-choices.ts";
import { validate } from "./validate.ts";

/** Choices, whose schema depends on the type of the option that they are for. */
const autocompleteCallback = z.object({
  type: z.literal(InteractionResponseType.ApplicationCommandAutocompleteResult),
  data: z.unknown(),
});
const callback = z.union([
  autocompleteCallback,
  CreateMessageInteractionCallbackRequestSchema,
  ModalInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
]);
type Callback = z.infer<typeof callback>;

/** @see https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response */
export function interactionRoutes(api: Hono, discord: Discord): void {
  api.post("/interactions/:id/:token/callback", async (c) => {
    // A request with an unknown token is refused before its body is read.
    if (!discord.interactions.knows(c.req.param("token"))) throw unknownInteraction();
    const response = answerInteraction(discord, c.req.param(), await requestBody(c));
    return c.req.query("with_response") === "true" ? c.json(response) : c.body(null, 204);
  });
}

/**
 * Acknowledges an interaction with the bot's answer, and returns what the bot gets for that.
 * @throws DiscordError also for an interaction that is not pending
 */
export function answerInteraction(
  discord: Discord,
  { id, token }: Pick<Interaction, "id" | "token">,
  { json, files }: RequestBody,
) {
  assertBuilt(json);
  const body = validate(callback, json);
  const interaction = discord.interactions.awaiting(id, token);
  const message = respond(discord, interaction, body, files);
  discord.interactions.acknowledge(interaction);
  return callbackResponse(interaction, body, message);
}

const typed = z.object({ type: z.enum(InteractionResponseType) });
const {
  ApplicationCommandAutocompleteResult,
  ChannelMessageWithSource,
  DeferredChannelMessageWithSource,
  DeferredMessageUpdate,
  Modal,
  Pong,
  UpdateMessage,
} = InteractionResponseType;
const built = new Set([
  ApplicationCommandAutocompleteResult,
  ChannelMessageWithSource,
  DeferredChannelMessageWithSource,
  DeferredMessageUpdate,
  Modal,
  UpdateMessage,
]);

/**
 * Refuses callback types that are not built by their name, instead of reporting an invalid message.
 * @throws DiscordError 404
 */
function assertBuilt(json: unknown): void {
  const { data } = typed.safeParse(json);
  // PONG answers no interaction in Discord either.
  if (!data || built.has(data.type) || data.type === Pong) return;
  throw notBuilt(`interaction callbacks of type ${data.type} (${InteractionResponseType[data.type]})`);
}

/** Prefixes the paths of errors with `data`, the field of a callback that holds the message or modal. */
function inData<T>(act: () => T): T {
  return inField("data", act);
}

function respond(
  discord: Discord,
  interaction: Interaction,
  { type, data }: Callback,
  files: Upload[],
): APIMessage | undefined {
  assertAnswersAutocompletion(interaction, type);
  if (type === ApplicationCommandAutocompleteResult) {
    suggestChoices(discord, interaction, data);
    return undefined;
  }
  if (type === Modal) {
    assertCanOpenModal(interaction);
    inData(() => openModal(discord, interaction, data));
    return undefined;
  }
  const body = data ?? {};
  if (type === ChannelMessageWithSource) {
    return inData(() => reply(discord, interaction, body, files));
  }
  if (type === DeferredChannelMessageWithSource) {
    return deferReply(discord, interaction, body);
  }
  interaction.originalId = messageToUpdate(interaction, type);
  if (type === DeferredMessageUpdate) return undefined;
  return inData(() => editAnswer(discord, interaction, { id: "@original", body, files }));
}

/**
 * Returns the message whose component was pressed, or opened the modal that is submitted. A deferred update also acknowledges a
 * modal without such a message: https://github.com/discordjs/discord.js/pull/8455
 */
function messageToUpdate({ type, sourceMessageId }: Interaction, callback: Callback["type"]): string | null {
  const quiet = type === InteractionType.ModalSubmit && callback === DeferredMessageUpdate;
  if (sourceMessageId !== null || quiet) return sourceMessageId;
  const message = "Only interactions of a component can update a message.";
  throw invalidForm([{ path: ["type"], code: "INTERACTION_TYPE_INVALID", message }]);
}

function callbackResponse({ id, type }: Interaction, callback: Callback, message: APIMessage | undefined) {
  const interaction = {
    id,
    type,
    ...(message && {
      response_message_id: message.id,
      response_message_loading: hasFlag(message, MessageFlags.Loading),
      response_message_ephemeral: hasFlag(message, MessageFlags.Ephemeral),
    }),
  };
  return { interaction, resource: { type: callback.type, ...(message && { message }) } };
}
