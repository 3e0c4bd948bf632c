import {
  ComponentType,
  MessageFlags,
  RESTJSONErrorCodes,
  type InteractionButtonComponentData,
  type RepliableInteraction,
} from "discord.js";
import type { Outcome } from "../commands/command.ts";
import type { Job } from "../jobs/job.ts";
import { hasErrorCode, retryConnectionLoss, retryUnknownMessage } from "../platform/discord/requests.ts";

/** How to acknowledge an interaction whose job is queued. */
type Acknowledgement = Pick<Extract<Outcome, { job: Job }>, "visibility" | "meanwhile">;

/**
 * Acknowledges an interaction, which gives the worker 15 minutes to answer it.
 * @returns false if Discord's 3 seconds are over: then the interaction cannot be answered, and nothing must be queued
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
 */
export async function acknowledge(
  interaction: RepliableInteraction,
  { visibility, meanwhile }: Acknowledgement,
): Promise<boolean> {
  if (visibility === "in place") return responded(() => updateMessage(interaction, meanwhile));
  const flags = visibility === "private" ? ({ flags: MessageFlags.Ephemeral } as const) : {};
  return responded(async () => void (await interaction.deferReply(flags)));
}

/** @throws TypeError unless the interaction is the press of a button */
async function updateMessage(
  interaction: RepliableInteraction,
  meanwhile: string | undefined,
): Promise<void> {
  if (!interaction.isMessageComponent())
    throw new TypeError("only the press of a button can update the message it is in");
  if (meanwhile === undefined) await interaction.deferUpdate();
  else await interaction.update({ content: meanwhile, components: [] });
}

/** Replies at once, to the person alone, with up to 5 buttons. @returns false if Discord's 3 seconds are over */
export async function tell(
  interaction: RepliableInteraction,
  content: string,
  buttons: readonly InteractionButtonComponentData[] = [],
): Promise<boolean> {
  const components = buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: buttons }];
  const message = {
    content,
    components,
    flags: MessageFlags.Ephemeral,
    allowedMentions: { parse: [] },
  } as const;
  return responded(async () => void (await interaction.reply(message)));
}

/**
 * Replaces "thinking" by a text, or adds the text below a message that stays as it is. Never replaces an answer: the worker may
 * have got the job although sending it failed.
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
  if (message.flags.has(MessageFlags.Loading) || message.content === meanwhile)
    await retryUnknownMessage(() => retryConnectionLoss(() => webhook.editMessage("@original", { content })));
}

async function responded(respond: () => Promise<void>): Promise<boolean> {
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
