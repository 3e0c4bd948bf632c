import type { APIMessage } from "discord.js";
import { encodeCustomId } from "../../src/jobs/custom-id.ts";
import type { HotdogBot } from "../hotdog-bot.ts";

/** Presses a button that offers to remove an image, and resolves with the private message that asks. */
export function offerRemoval(
  { discord }: Pick<HotdogBot, "discord">,
  name: "ketchup" | "mustard" | "relish",
  message: APIMessage,
  label = "Remove 1",
): Promise<APIMessage> {
  return discord.user(name).press(message, label).answer();
}

/** Removes an image, and resolves with the message that offered it as it is shown then. */
export async function removeImage(
  bot: Pick<HotdogBot, "discord">,
  name: "ketchup" | "mustard",
  message: APIMessage,
  label = "Remove 1",
): Promise<APIMessage> {
  const offer = await offerRemoval(bot, name, message, label);
  await bot.discord.user(name).press(offer, "Remove").answer({ timeout: 20_000 });
  const shown = bot.discord.messages().find(({ id }) => id === message.id);
  if (shown === undefined) throw new Error("the message was deleted");
  return shown;
}

/** Removes an image of a round by the message command, as a moderator of the server. */
export async function removeFromRound(
  { discord }: Pick<HotdogBot, "discord">,
  round: APIMessage,
  image: string,
): Promise<void> {
  const mustard = discord.user("mustard");
  const offer = await mustard.messageCommand("Remove from image set", round).answer();
  await mustard.press(offer, encodeCustomId({ kind: "drop", image, project: null })).answer();
}
