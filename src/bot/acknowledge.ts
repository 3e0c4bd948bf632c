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
 * @throws TypeError if the answer is to be shown in place but the interaction is not the press of a button
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
 */
export async function acknowledge(
  interaction: RepliableInteraction,
  { visibility, meanwhile }: Acknowledgement,
): Promise<boolean> {
  return responded(async () => {
    if (visibility === "public") await interaction.deferReply();
    else if (visibility === "private") await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    else if (!interaction.isMessageComponent())
      throw new TypeError("only the press of a button can update the message it is in");
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
  if (message.flags.has(MessageFlags.Loading) || message.content === meanwhile)
    await retryUnknownMessage(() => retryConnectionLoss(() => webhook.editMessage("@original", { content })));
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
