import {
  ComponentType,
  DiscordAPIError,
  MessageFlags,
  RESTJSONErrorCodes,
  type InteractionButtonComponentData,
  type RepliableInteraction,
} from "discord.js";
import type { Outcome } from "../commands/command.ts";
import { onceKnown } from "../platform/discord/once-known.ts";
import type { Job } from "../jobs/job.ts";
import { withSecondTry } from "../platform/discord/second-try.ts";

/** How an interaction whose job is queued is acknowledged. */
type Acknowledgement = Pick<Extract<Outcome, { job: Job }>, "visibility" | "meanwhile">;

/**
 * Acknowledges an interaction, so that there are 15 minutes for the answer.
 * @returns false when it is too late (3 seconds); then nobody can be answered and nothing must be done
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

/** @throws TypeError for what is no press of a button */
async function updateMessage(
  interaction: RepliableInteraction,
  meanwhile: string | undefined,
): Promise<void> {
  if (!interaction.isMessageComponent()) throw new TypeError("only a press can change the message it is in");
  if (meanwhile === undefined) await interaction.deferUpdate();
  else await interaction.update({ content: meanwhile, components: [] });
}

/** Answers at once and only to the person, with up to 5 buttons. @returns false when it is too late */
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

/** Puts words in place of "thinking", or beside a message that is to stay; never in place of an answer that has come all the same. */
export async function tellInstead(
  interaction: RepliableInteraction,
  content: string,
  { visibility, meanwhile }: Acknowledgement,
): Promise<void> {
  // By the webhook, not by editReply, which refuses when the acknowledgement was told by a 40060.
  const { webhook } = interaction;
  if (visibility === "in place" && meanwhile === undefined) {
    await webhook.send({ content, flags: MessageFlags.Ephemeral });
    return;
  }
  const message = await onceKnown(() => withSecondTry(() => webhook.fetchMessage("@original")));
  if (message.flags.has(MessageFlags.Loading) || message.content === meanwhile)
    await onceKnown(() => withSecondTry(() => webhook.editMessage("@original", { content })));
}

async function responded(respond: () => Promise<void>): Promise<boolean> {
  try {
    // Discord tells by a 40060 when it has heard the first.
    await withSecondTry(respond);
    return true;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return true;
    if (error.code === RESTJSONErrorCodes.UnknownInteraction) return false;
    throw error;
  }
}
