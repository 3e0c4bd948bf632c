import { ButtonStyle, ComponentType, REST, Routes, type APIMessage } from "discord.js";
import type { HotdogBot } from "../hotdog-bot.ts";

/** Lets a person press a button with this custom id, in a message as a bot of any version may have posted it. */
export async function pressFormerButton(
  { discord }: HotdogBot,
  custom_id: string,
  person: "ketchup" | "mustard" | "relish" = "mustard",
): Promise<APIMessage> {
  const rest = new REST({ api: discord.api }).setToken(discord.botToken);
  const button = { type: ComponentType.Button, style: ButtonStyle.Secondary, label: "old", custom_id };
  const body = { content: "old", components: [{ type: ComponentType.ActionRow, components: [button] }] };
  const message = (await rest.post(Routes.channelMessages(discord.channelId), { body })) as APIMessage;
  return discord.user(person).press(message, custom_id).answer();
}
