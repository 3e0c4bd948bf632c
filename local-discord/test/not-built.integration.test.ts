import type { RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import { ApplicationCommandOptionType, ComponentType, REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

/** Matches status 404, which has no error code of Discord, and after which clients do not retry. */
function notBuilt(what: string) {
  return { status: 404, message: `404: Not Found (the local Discord does not have ${what})` };
}

const { Mentionable, Role, String: Text, Subcommand } = ApplicationCommandOptionType;
const options: [string, object][] = [
  ["subcommands", { type: Subcommand }],
  ["options of type ROLE and MENTIONABLE", { type: Role }],
  ["options of type ROLE and MENTIONABLE", { type: Mentionable }],
  ["autocompletion", { type: Text, autocomplete: true }],
];

describe("a feature that is not built is refused by name", () => {
  it.each(options)("in a command: %s", async (what, how) => {
    const discord = await openLocalDiscord();
    const { rest } = await joinBot(discord);
    const option = { name: "one", description: "An option", ...how };
    const command = { name: "stats", description: "Counts", options: [option] };
    const route = Routes.applicationCommands(discord.applicationId);
    await expect(rest.put(route, { body: [command] })).rejects.toMatchObject(notBuilt(what));
    await expect(rest.post(route, { body: command })).rejects.toMatchObject(notBuilt(what));
    const { id } = await discord.waitForCommand("ping");
    const patch = rest.patch(`${route}/${id}`, { body: { options: [option] } });
    await expect(patch).rejects.toMatchObject(notBuilt(what));
  });

  it("as the answer to an interaction, which can still be answered", async () => {
    const discord = await openLocalDiscord();
    await joinBot(discord, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const callback = Routes.interactionCallback(interaction.id, interaction.token);
      const answer = (type: number) =>
        interaction.client.rest.post(callback, { body: { type, data: { choices: [] } }, auth: false });
      const what = "interaction callbacks of type";
      await expect(answer(8)).rejects.toMatchObject(
        notBuilt(`${what} 8 (ApplicationCommandAutocompleteResult)`),
      );
      await interaction.reply("pong");
    });
    await discord.user("ketchup").command("ping").answer();
  });

  it("in a message: premium buttons, polls, stickers", async () => {
    const discord = await openLocalDiscord();
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
