import { expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

it("calls a subscriber for each event, until it unsubscribes", async () => {
  const discord = await openLocalDiscord();
  await joinBot(discord, async (interaction) => interaction.isRepliable() && interaction.reply("pong"));
  const seen: string[] = [];
  const end = discord.subscribe(({ t }) => seen.push(t));
  await discord.user("ketchup").command("ping").answer();
  await expect.poll(() => seen).toEqual(["INTERACTION_CREATE", "MESSAGE_CREATE", "INTERACTION_SUCCESS"]);
  end();

  discord.user("ketchup").post("hello");

  expect(seen).toHaveLength(3);
});
