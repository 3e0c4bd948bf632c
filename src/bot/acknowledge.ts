import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, type RepliableInteraction } from "discord.js";

/**
 * Acknowledges an interaction, so that there are 15 minutes for the answer.
 * @returns false when it is too late (3 seconds); then nobody can be answered and nothing must be done
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
 */
export async function acknowledge(
  interaction: RepliableInteraction,
  visibility: "public" | "private",
): Promise<boolean> {
  try {
    await interaction.deferReply(visibility === "private" ? { flags: MessageFlags.Ephemeral } : {});
    return true;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    // Said when the answer to a first try was lost on its way here: the person sees "thinking".
    if (error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return true;
    if (error.code === RESTJSONErrorCodes.UnknownInteraction) return false;
    throw error;
  }
}

/** Puts words in place of "thinking", but never in place of an answer that has come all the same. */
export async function editWhileThinking(interaction: RepliableInteraction, content: string): Promise<void> {
  // By the webhook, not by editReply, which refuses when the acknowledgement was told by a 40060.
  const message = await interaction.webhook.fetchMessage("@original");
  if (message.flags.has(MessageFlags.Loading))
    await interaction.webhook.editMessage("@original", { content });
}
