import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  Events,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from "discord.js";
import { beforeEach, describe, expect, it } from "vitest";
import { joinBot, openLocalDiscord } from "./bot.ts";

const { Integer, String: Text, Subcommand, User } = ApplicationCommandOptionType;

const what = { type: Text, name: "what", description: "What to find", autocomplete: true } as const;
const count = { type: Integer, name: "count", description: "How many", autocomplete: true } as const;
const who = { type: User, name: "who", description: "Whose", required: true } as const;

const commands: RESTPostAPIApplicationCommandsJSONBody[] = [
  { name: "find", description: "Finds", options: [who, what, count] },
  {
    name: "project",
    description: "Projects",
    options: [{ type: Subcommand, name: "open", description: "Opens one", options: [what] }],
  },
];

/** Answers autocompletion in a test; the next test has its own. */
let suggest: (interaction: AutocompleteInteraction) => Promise<unknown>;
beforeEach(() => {
  suggest = async () => {};
});

async function open() {
  const discord = await openLocalDiscord();
  const received: AutocompleteInteraction[] = [];
  const bot = await joinBot(
    discord,
    async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply(`found ${interaction.options.getInteger("count")}`);
      if (!interaction.isAutocomplete()) return;
      received.push(interaction);
      await suggest(interaction);
    },
    commands,
  );
  return { discord, bot, received, relish: discord.user("relish") };
}

describe("autocompletion", () => {
  it("sends what is typed and the other values, and resolves with the choices in the person's language", async () => {
    const { discord, received, relish } = await open();
    suggest = (interaction) =>
      interaction.respond([
        { name: "Cat", nameLocalizations: { fr: "Chat" }, value: "c" },
        { name: "Dog", value: "d" },
      ]);
    const ketchup = discord.user("ketchup").id;
    const choices = await relish.autocomplete("find", "what", "ca", {
      values: { count: 2, who: ketchup },
      locale: "fr",
    });
    expect(choices).toEqual([
      { name: "Chat", value: "c" },
      { name: "Dog", value: "d" },
    ]);
    const [first] = received;
    expect(first?.options.getFocused(true)).toMatchObject({ name: "what", value: "ca", focused: true });
    expect(first?.options.get("who")?.value).toBe(ketchup);
    expect(first?.options.getInteger("count")).toBe(2);
    expect(first?.guildId).toBe(discord.guildId);
    // A number is sent as it is typed, and a required option may be missing.
    suggest = (interaction) => interaction.respond([{ name: "Three", value: 3 }]);
    expect(await relish.autocomplete("find", "count", "3 or s")).toEqual([{ name: "Three", value: 3 }]);
    expect(received[1]?.options.getFocused(true)).toMatchObject({ name: "count", value: "3 or s" });
    expect((await relish.command("find", { who: ketchup, count: 3 }).answer()).content).toBe("found 3");
  });

  it("works in subcommands and in direct messages, with no choices", async () => {
    const { discord, received, relish } = await open();
    suggest = (interaction) => interaction.respond([]);
    expect(await relish.autocomplete("project open", "what", "", { dm: true })).toEqual([]);
    expect(received[0]?.options.getSubcommand()).toBe("open");
    expect(received[0]?.options.getFocused()).toBe("");
    expect(received[0]?.inGuild()).toBe(false);
    const sent = discord.traffic().find(({ title }) => title === "INTERACTION_CREATE");
    expect(sent?.response).toMatchObject({
      d: {
        type: 4,
        data: {
          type: 1,
          options: [{ name: "open", type: 1, options: [{ name: "what", value: "", focused: true }] }],
        },
      },
    });
    expect(sent?.response).not.toHaveProperty("d.data.resolved");
  });

  it("is refused for other options, and fails if the bot is silent for 3 s", async () => {
    const { discord, bot, relish } = await open();
    expect(() => relish.autocomplete("find", "who", "r")).toThrow('"who" of /find has no autocompletion.');
    expect(() => relish.autocomplete("find", "where", "r")).toThrow('/find has no option "where".');
    expect(() => relish.autocomplete("find", "what", "r", { values: { what: "x" } })).toThrow(
      '"what" of /find is being filled in',
    );
    expect(() => relish.autocomplete("find", "what", "r", { values: { count: "x" } })).toThrow(
      "takes a whole number",
    );
    const heard = new Promise<AutocompleteInteraction>((resolve) => {
      bot.once(
        Events.InteractionCreate,
        (interaction) => interaction.isAutocomplete() && resolve(interaction),
      );
    });
    const [failed, interaction] = await Promise.all([
      relish.autocomplete("find", "what", "r").catch(String),
      heard.then((one) => (discord.advance(3_000), one)),
    ]);
    expect(failed).toBe("Error: The application did not respond within 3 s.");
    await expect(interaction.respond([])).rejects.toMatchObject({ code: 10062 });
  });
});

describe("an answer to autocompletion is refused with 50035", () => {
  it("for too many or wrong choices, and for messages; and has no follow-ups", async () => {
    const { discord, bot, relish } = await open();
    const answer = (interaction: AutocompleteInteraction, type: number, data: object) =>
      bot.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
        body: { type, data },
        auth: false,
      });
    const choices = (length: number, value: string | number = "v") =>
      Array.from({ length }, (_, index) => ({ name: `Choice ${index}`, value }));
    const problems: string[] = [];
    suggest = async (interaction) => {
      const tries: [number, object][] = [
        [8, { choices: choices(26) }],
        [8, { choices: choices(1, 5) }],
        [8, { choices: [{ name: "", value: "v" }] }],
        [8, { choices: [{ name: "a", name_localizations: { tlh: "b" }, value: "v" }] }],
        [4, { content: "hello" }],
        [5, {}],
      ];
      for (const [type, data] of tries) {
        await answer(interaction, type, data).catch((error: Error) => void problems.push(error.message));
      }
      await answer(interaction, 8, { choices: choices(25) });
      await expect(answer(interaction, 8, {})).rejects.toMatchObject({ code: 40060 });
      const followUp = bot.rest.post(Routes.webhook(discord.applicationId, interaction.token), {
        body: { content: "more" },
        auth: false,
      });
      await expect(followUp).rejects.toMatchObject({ code: 10015 });
    };
    expect(await relish.autocomplete("find", "what", "c")).toHaveLength(25);
    expect(problems).toEqual([
      expect.stringContaining("data.choices[BASE_TYPE_MAX_LENGTH]: Must be 25 or fewer in length."),
      expect.stringContaining("data.choices[0].value[STRING_TYPE_CONVERT]"),
      expect.stringContaining("data.choices[0].name[BASE_TYPE_MIN_LENGTH]"),
      expect.stringContaining("data.choices[0].name_localizations.tlh[BASE_TYPE_CHOICES]"),
      expect.stringContaining("type[BASE_TYPE_CHOICES]: Value must be one of {8}."),
      expect.stringContaining("type[BASE_TYPE_CHOICES]: Value must be one of {8}."),
    ]);
    const refused = new Promise((resolve) => {
      bot.on(Events.InteractionCreate, (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        answer(interaction as never, 8, { choices: [] }).catch(resolve);
      });
    });
    relish.command("project open");
    expect(await refused).toMatchObject({ code: 50035 });
  });
});
