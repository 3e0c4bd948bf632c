import { expect, it } from "vitest";
import { joinBot, openPlayground } from "./bot.ts";

it("tells who subscribes of each event, until that ends", async () => {
  const playground = await openPlayground();
  await joinBot(playground, async (interaction) => interaction.isRepliable() && interaction.reply("pong"));
  const seen: string[] = [];
  const end = playground.subscribe(({ t }) => seen.push(t));
  await playground.user("ketchup").command("ping").answer();
  await expect.poll(() => seen).toEqual(["INTERACTION_CREATE", "MESSAGE_CREATE", "INTERACTION_SUCCESS"]);
  end();

  playground.user("ketchup").post("hello");

  expect(seen).toHaveLength(3);
});
