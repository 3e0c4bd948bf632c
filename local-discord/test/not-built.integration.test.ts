import type { RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import { ApplicationCommandOptionType, ComponentType, REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord, ping } from "./bot.ts";

/** Matches status 404, which has no error code of Discord, and after which clients do not retry. */
function notBuilt(what: string) {
  return { status: 404, message: `404: Not Found (the local Discord does not have ${what})` };
}

const { String: Text } = ApplicationCommandOptionType;

describe("a command with something that is not built", () => {
  it("is registered with all others, is named in the log, and is refused when it is used", async () => {
    const lines: string[] = [];
    const discord = await openLocalDiscord({ log: (line) => void lines.push(line) });
    const bot = await joinBot(
      discord,
      async (interaction) => interaction.isChatInputCommand() && interaction.reply("found"),
      [
        ping,
        { type: 4, name: "launch", handler: 2 },
        { name: "mine", description: "Is mine", integration_types: [1] },
      ],
    );
    expect((await bot.application.commands.fetch()).map(({ name }) => name)).toEqual([
      "ping",
      "launch",
      "mine",
    ]);
    const missing = (name: string, what: string) =>
      `The command ${name} needs what the local Discord does not have: ${what}.`;
    expect(lines).toEqual([
      missing("launch", "entry point commands"),
      missing("mine", "apps that are installed to a user"),
    ]);
    const relish = discord.user("relish");
    expect(() => relish.command("launch")).toThrow("does not have entry point commands");
    expect(() => relish.command("mine")).toThrow("relish may not use /mine here.");
    await expect(bot.application.commands.set([ping])).rejects.toMatchObject({ code: 50240 });
  });
});

describe("a feature that is not built is refused by name", () => {
  it("as the answer to an interaction, which can still be answered", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const callback = Routes.interactionCallback(interaction.id, interaction.token);
      const answer = (type: number) =>
        interaction.client.rest.post(callback, { body: { type, data: { choices: [] } }, auth: false });
      const what = "interaction callbacks of type";
      await expect(answer(12)).rejects.toMatchObject(notBuilt(`${what} 12 (LaunchActivity)`));
      await interaction.reply("pong");
    });
    await discord.user("ketchup").command("ping").answer();
  });

  it("in a message: premium buttons, polls, stickers; and once in the log", async () => {
    const lines: string[] = [];
    const discord = await openLocalDiscord({ log: (line) => void lines.push(line) });
    const { api, botToken, channelId } = discord;
    const rest = new REST({ api }).setToken(botToken);
    const send = (body: object) => rest.post(Routes.channelMessages(channelId), { body });
    const row = (component: object) => ({
      components: [{ type: ComponentType.ActionRow, components: [component] }],
    });
    const premium = { type: ComponentType.Button, style: 6, sku_id: "1234567890123456" };
    await expect(send(row(premium))).rejects.toMatchObject(notBuilt("premium buttons"));
    const poll = { question: { text: "Is it?" }, answers: [{ poll_media: { text: "Yes" } }] };
    await expect(send({ content: "hello", poll })).rejects.toMatchObject(notBuilt("polls"));
    const stickers = { content: "hello", sticker_ids: ["1234567890123456"] };
    await expect(send(stickers)).rejects.toMatchObject(notBuilt("stickers"));
    expect(discord.messages()).toEqual([]);
    await expect(send({ content: "again", poll })).rejects.toMatchObject(notBuilt("polls"));
    const used = "which the bot used: POST /api/v10/channels/…/messages.";
    const sentences = ["premium buttons", "polls", "stickers"].map(
      (what) => `The local Discord does not have ${what}, ${used}`,
    );
    expect(discord.notBuilt()).toEqual(sentences);
    expect(lines).toEqual(sentences);
  });
});

describe("two options with the same name", () => {
  it("are refused", async () => {
    const { commands } = (await joinBot(await openLocalDiscord())).application;
    const option = { type: Text, name: "one", description: "An option" } as const;
    const doubled = { name: "stats", description: "Counts", options: [option, option] };
    const refused = commands.create(doubled satisfies RESTPostAPIApplicationCommandsJSONBody);
    await expect(refused).rejects.toThrow("options[1].name[APPLICATION_COMMAND_OPTION_NAME_ALREADY_EXISTS]");
  });
});
