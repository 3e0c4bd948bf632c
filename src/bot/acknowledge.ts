import {
  ComponentType,
  MessageFlags,
  RESTJSONErrorCodes,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  type InteractionButtonComponentData,
  type MessageComponentInteraction,
  type ModalMessageModalSubmitInteraction,
  type RepliableInteraction,
} from "discord.js";
import type { Outcome } from "../commands/command.ts";
import { declarationOf, type Job } from "../jobs/job.ts";
import { hasErrorCode, retryConnectionLoss, retryUnknownMessage } from "../platform/discord/requests.ts";

/** How to acknowledge an interaction. */
interface Acknowledgement {
  /**
   * Who sees the answer. "in place": everyone who sees the message with the pressed button, or whose button opened the modal: it
   * shows the answer.
   */
  visibility: "public" | "private" | "in place";
  /** What that message says until then, without buttons; by default it stays as it is. */
  meanwhile?: string | undefined;
}

/** How to acknowledge an interaction whose job is queued: so that the answer goes to the recipient that the job declares. */
export function acknowledgementFor({ job, meanwhile }: Extract<Outcome, { job: Job }>): Acknowledgement {
  const recipient = declarationOf(job).recipient(job);
  if (recipient.via === "pressed message" || meanwhile !== undefined)
    return { visibility: "in place", meanwhile };
  const isPublic = recipient.via === "interaction" && !recipient.isPrivate;
  return { visibility: isPublic ? "public" : "private" };
}

/**
 * Acknowledges an interaction, which gives the worker 15 minutes to answer it.
 * @returns false if Discord's 3 seconds are over: then the interaction cannot be answered, and nothing must be queued
 * @throws TypeError if the answer is to be shown in place but the interaction comes from no message
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
 */
export async function acknowledge(
  interaction: RepliableInteraction,
  { visibility, meanwhile }: Acknowledgement,
): Promise<boolean> {
  return responded(async () => {
    if (visibility === "public") await interaction.deferReply();
    else if (visibility === "private") await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    else if (!isFromMessage(interaction)) throw new TypeError("only what comes from a message can update it");
    else if (meanwhile === undefined) await interaction.deferUpdate();
    else await interaction.update({ content: meanwhile, components: [] });
  });
}

/** Replies privately, with up to 5 buttons. @returns false if Discord's 3 seconds are over */
export async function tell(
  interaction: RepliableInteraction,
  content: string,
  buttons: readonly InteractionButtonComponentData[] = [],
): Promise<boolean> {
  const components = buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: buttons }];
  return responded(() =>
    interaction.reply({ content, components, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } }),
  );
}

/**
 * Replaces "thinking" with a text, or adds the text below a message that stays as it is. Never replaces an answer: the worker may
 * have received the job although sending it failed.
 */
export async function tellInstead(
  interaction: RepliableInteraction,
  content: string,
  { visibility, meanwhile }: Acknowledgement,
): Promise<void> {
  // Not with editReply, which refuses if the response to the acknowledgement was lost.
  const { webhook } = interaction;
  if (visibility === "in place" && meanwhile === undefined) {
    await webhook.send({ content, flags: MessageFlags.Ephemeral });
    return;
  }
  const message = await retryUnknownMessage(() =>
    retryConnectionLoss(() => webhook.fetchMessage("@original")),
  );
  if (message.flags.has(MessageFlags.Loading)) await explainUnlessAnswered(webhook, message.id, content);
  else if (message.content === meanwhile)
    await retryUnknownMessage(() => retryConnectionLoss(() => webhook.editMessage("@original", { content })));
}

/**
 * Replaces "thinking" with a text, unless the worker answers at the same moment. An edit would replace that answer. A follow-up
 * message does not: Discord itself decides whether it replaces "thinking" or becomes another message, which is then deleted. So is
 * the second message of a request that is sent twice because its response was lost.
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
 */
async function explainUnlessAnswered(
  webhook: RepliableInteraction["webhook"],
  originalId: string,
  content: string,
): Promise<void> {
  const sent = await retryConnectionLoss(() => webhook.send({ content, flags: MessageFlags.Ephemeral }));
  if (sent.id !== originalId) await retryConnectionLoss(() => webhook.deleteMessage(sent.id));
}

/**
 * Replies privately with Components V2. They replace the private message that opened a modal, so that it does not pile up.
 * @returns false if Discord's 3 seconds are over
 */
export async function tellWithComponents(
  interaction: RepliableInteraction,
  components: readonly APIMessageTopLevelComponent[],
): Promise<boolean> {
  const body = { components, allowedMentions: { parse: [] } };
  const { IsComponentsV2, Ephemeral } = MessageFlags;
  return responded(() =>
    interaction.isModalSubmit() && interaction.isFromMessage()
      ? interaction.update({ ...body, flags: IsComponentsV2 })
      : interaction.reply({ ...body, flags: [IsComponentsV2, Ephemeral] }),
  );
}

/**
 * Opens a modal for the person.
 * @returns false if Discord's 3 seconds are over
 * @throws TypeError for the submit of a modal, which Discord lets open no other
 */
export async function openModal(
  interaction: RepliableInteraction,
  modal: APIModalInteractionResponseCallbackData,
): Promise<boolean> {
  if (interaction.isModalSubmit()) throw new TypeError("the submit of a modal cannot open another");
  return responded(() => interaction.showModal(modal));
}

type InteractionFromMessage = Extract<
  RepliableInteraction,
  MessageComponentInteraction | ModalMessageModalSubmitInteraction
>;

function isFromMessage(interaction: RepliableInteraction): interaction is InteractionFromMessage {
  return interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());
}

/** @returns false if Discord no longer knows the interaction */
async function responded(respond: () => Promise<unknown>): Promise<boolean> {
  try {
    await retryConnectionLoss(respond);
    return true;
  } catch (error) {
    // Discord received the first request, and its response was lost.
    if (hasErrorCode(error, [RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged])) return true;
    if (hasErrorCode(error, [RESTJSONErrorCodes.UnknownInteraction])) return false;
    throw error;
  }
}
