import { MessageFlags } from "discord.js";
import { expect, it } from "vitest";
import { joinBot, openLocalDiscord, ping } from "./bot.ts";

it("has visitors besides its three people, who use commands in both guilds", async () => {
  const discord = await openLocalDiscord();
  await joinBot(discord, async (interaction) => {
    if (interaction.isRepliable())
      await interaction.reply({
        content: `${interaction.user.username} in ${interaction.guildId}`,
        flags: MessageFlags.Ephemeral,
      });
  });
  const [first, second] = [discord.visitor("Ann"), discord.visitor("Ann")];
  expect(first.id).not.toBe(second.id);
  for (const { id: guildId, channels } of discord.guilds) {
    const channelId = channels[0]?.id ?? "";
    const answer = await first.command(ping.name, {}, { channelId }).answer();
    expect(answer.content).toBe(`Ann in ${guildId}`);
  }
  // Ephemeral answers are visible to one visitor only.
  expect(first.messages()).toHaveLength(2);
  expect(second.messages()).toHaveLength(0);
});

it("reports each request before it handles it", async () => {
  const requests: { method: string; path: string; messages: number }[] = [];
  const discord = await openLocalDiscord({
    onRequest: (request) => requests.push({ ...request, messages: discord.messages().length }),
  });
  await joinBot(discord, async (interaction) => interaction.isRepliable() && interaction.reply("pong"));
  const used = discord.visitor("Ann").command(ping.name);
  await used.answer();
  expect(requests.at(-1)).toEqual({
    method: "POST",
    path: expect.stringMatching(
      String.raw`^/api/v10/interactions/${used.id}/[^/]+/callback\?with_response=false$`,
    ) as string,
    messages: 0,
  });
});
