import { ApplicationCommandOptionType, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord, ping } from "./bot.ts";

describe("application commands", () => {
  it("keep their ids when they are overwritten by name", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const before = await discord.waitForCommand("ping");
    const after = await bot.application.commands.set([{ ...ping, description: "Changed" }]);
    expect(after.map(({ id, description }) => ({ id, description }))).toEqual([
      { id: before.id, description: "Changed" },
    ]);
  });

  it("are created, edited, fetched and deleted one by one, in a guild too", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord, undefined, []);
    const guild = bot.guilds.cache.get(discord.guildId);
    const created = await guild?.commands.create({ name: "local", description: "Here only" });
    await created?.edit({ description: "Here, and only here" });
    expect((await guild?.commands.fetch(created?.id ?? ""))?.description).toBe("Here, and only here");
    expect(await bot.application.commands.fetch()).toHaveProperty("size", 0);
    await created?.delete();
    expect(await guild?.commands.fetch()).toHaveProperty("size", 0);
    await expect(guild?.commands.fetch(created?.id ?? "")).rejects.toMatchObject({
      code: 10063,
      status: 404,
    });
  });

  it("are refused with 50035 and the path of each error", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    const option = {
      type: ApplicationCommandOptionType.String,
      name: "o".repeat(33),
      description: "",
    } as const;
    const refused = bot.application.commands.set([
      ping,
      { name: "stats", description: "d".repeat(101), options: [option] },
    ]);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      code: 50035,
      rawError: {
        message: "Invalid Form Body",
        errors: {
          1: {
            description: {
              _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: "Must be 100 or fewer in length." }],
            },
            options: {
              0: {
                name: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH" }] },
                description: { _errors: [{ code: "BASE_TYPE_MIN_LENGTH" }] },
              },
            },
          },
        },
      },
    });
  });

  it("have unique names in lower case, and required options first", async () => {
    const discord = await openLocalDiscord();
    const { commands } = (await joinBot(discord)).application;
    const refusal = (path: string, code: string) => ({
      code: 50035,
      message: expect.stringContaining(`${path}[${code}]`) as string,
    });
    const option = { type: ApplicationCommandOptionType.String, description: "An option" } as const;
    const one = { ...option, name: "one" };
    const two = { ...option, name: "two", required: true };
    await expect(commands.set([ping, ping])).rejects.toMatchObject(
      refusal("1", "APPLICATION_COMMANDS_DUPLICATE_NAME"),
    );
    for (const name of ["Ping", "two words"]) {
      await expect(commands.set([{ ...ping, name }])).rejects.toMatchObject(
        refusal("0.name", "APPLICATION_COMMAND_INVALID_NAME"),
      );
    }
    await expect(commands.create({ ...ping, options: [{ ...option, name: "One" }] })).rejects.toMatchObject(
      refusal("options[0].name", "APPLICATION_COMMAND_INVALID_NAME"),
    );
    const order = refusal("options[1]", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID");
    await expect(commands.create({ ...ping, options: [one, two] })).rejects.toMatchObject(order);
    const { id } = await discord.waitForCommand("ping");
    await expect(commands.edit(id, { options: [one, two] })).rejects.toMatchObject(order);
    // A message command can have the same name as a slash command, and any characters.
    await commands.set([ping, { type: 3, name: "ping" }, { type: 3, name: "Show to Bot" }]);
    await commands.edit(id, { options: [two, one] });
  });

  it("work in both guilds, and guild commands only in their guild", async () => {
    const discord = await openLocalDiscord();
    const seen: unknown[] = [];
    const bot = await joinBot(discord, async (interaction) => {
      seen.push([interaction.guildId, interaction.channelId]);
      if (interaction.isRepliable()) await interaction.reply("pong");
    });
    await bot.guilds.cache.get(discord.guildId)?.commands.create({ ...ping, name: "local" });
    const relish = discord.user("relish");
    const [, other] = discord.guilds;
    const channelId = other?.channels[0]?.id ?? "";
    const answer = await relish.command("ping", {}, { channelId }).answer();
    expect(answer.channel_id).toBe(channelId);
    expect(seen).toEqual([[other?.id, channelId]]);
    await relish.command("local").answer();
    expect(() => relish.command("local", {}, { channelId })).toThrow("relish may not use /local here.");
  });

  it("are refused in a guild where the bot is not, and by another application: 50001", async () => {
    const discord = await openLocalDiscord();
    const { rest, user } = await joinBot(discord);
    for (const route of [Routes.applicationGuildCommands(user.id, "1"), Routes.applicationCommands("1")]) {
      await expect(rest.put(route, { body: [ping] })).rejects.toMatchObject({ code: 50001, status: 403 });
    }
  });

  it("throw when a test invokes an unknown one, or with options that do not match", async () => {
    const discord = await openLocalDiscord();
    const required = { type: 3, name: "numbers", description: "Some", required: true } as const;
    await joinBot(discord, undefined, [{ name: "stats", description: "Counts", options: [required] }]);
    const ketchup = discord.user("ketchup");
    expect(() => ketchup.command("nope")).toThrow("There is no command /nope. Registered: /stats.");
    expect(() => ketchup.command("stats")).toThrow('/stats needs its option "numbers".');
    expect(() => ketchup.command("stats", { numbers: "1", more: 2 })).toThrow('/stats has no option "more".');
  });

  it("require the bot's token", async () => {
    const discord = await openLocalDiscord();
    const path = `${discord.api}/v10/applications/${discord.applicationId}/commands`;
    const response = await fetch(path, { headers: { authorization: "Bot wrong" } });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: "401: Unauthorized", code: 0 });
  });
});

describe("a route that is not served", () => {
  it("is answered with 404 and its name", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(discord);
    await expect(bot.rest.get("/hot-dogs")).rejects.toMatchObject({
      status: 404,
      message: "404: Not Found (the local Discord does not serve GET /api/v10/hot-dogs)",
    });
    expect(discord.traffic().at(-1)).toMatchObject({ title: "GET /hot-dogs", status: 404 });
    const otherVersion = await fetch(`${discord.api}/v6/gateway`);
    expect(await otherVersion.json()).toMatchObject({ code: 0 });
  });
});
