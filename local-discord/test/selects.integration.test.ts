import type { AnySelectMenuInteraction, APIMessage, Interaction } from "discord.js";
import { ButtonStyle, ChannelType, ComponentType, MessageFlags, REST, Routes } from "discord.js";
import { beforeAll, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../src/start.ts";
import { joinBot, openLocalDiscord } from "./bot.ts";

const {
  ActionRow,
  Button,
  ChannelSelect,
  Container,
  MentionableSelect,
  RoleSelect,
  StringSelect,
  UserSelect,
} = ComponentType;

const options = ["a", "b", "c"].map((value) => ({ label: value.toUpperCase(), value }));
const row = (...components: object[]) => ({ type: ActionRow, components });
const string = (more: object = {}) => ({ type: StringSelect, custom_id: "letters", options, ...more });
const user = (more: object = {}) => ({ type: UserSelect, custom_id: "who", ...more });

describe("the rules for select menus", () => {
  let discord: LocalDiscord;
  beforeAll(async () => {
    discord = await startLocalDiscord({ port: 0, rateLimits: false });
    return () => discord.close();
  });

  /** Sends a message as a bot, with a plain request that no client library corrects or refuses. */
  function send(body: object): Promise<APIMessage> {
    const rest = new REST({ api: discord.api }).setToken(discord.botToken);
    return rest.post(Routes.channelMessages(discord.channelId), { body }) as Promise<APIMessage>;
  }

  it("accept one in each row, also in a container, and fill in the limits", async () => {
    const rows = [row(string({ placeholder: null })), row(user({ custom_id: "one", required: true }))];
    const sent = await send({ components: rows });
    expect(sent.components).toEqual([
      row(string({ min_values: 1, max_values: 1 })),
      row(user({ custom_id: "one", min_values: 1, max_values: 1 })),
    ]);
    const container = { type: Container, components: rows };
    await send({ flags: MessageFlags.IsComponentsV2, components: [container] });
  });

  const button = { type: Button, style: ButtonStyle.Primary, label: "Press", custom_id: "press" };
  const users = ["1", "2"].map((id) => ({ id: id.repeat(18), type: "user" }));
  const channelDefault = { id: "1".repeat(18), type: "channel" };
  const refusals: [string, object[], string, string][] = [
    ["a button beside one", [string(), button], "[1]", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"],
    ["two in a row", [string(), user()], "[1]", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"],
    ["no options", [string({ options: [] })], "[0].options", "BASE_TYPE_MIN_LENGTH"],
    ["26 options", [string({ options: Array(26).fill(options[0]) })], "[0].options", "BASE_TYPE_MAX_LENGTH"],
    [
      "a value twice",
      [string({ options: [...options, options[1]] })],
      "[0].options[3].value",
      "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ],
    [
      "a long label",
      [string({ options: [{ label: "a".repeat(101), value: "a" }] })],
      "[0].options[0].label",
      "BASE_TYPE_MAX_LENGTH",
    ],
    [
      "a long placeholder",
      [user({ placeholder: "a".repeat(151) })],
      "[0].placeholder",
      "BASE_TYPE_MAX_LENGTH",
    ],
    ["a minimum above the maximum", [user({ min_values: 2 })], "[0].min_values", "NUMBER_TYPE_MAX"],
    ["a maximum of 26", [user({ max_values: 26 })], "[0].max_values", "NUMBER_TYPE_MAX"],
    ["a maximum of 0", [user({ max_values: 0 })], "[0].max_values", "NUMBER_TYPE_MIN"],
    ["more values than options", [string({ max_values: 4 })], "[0].options", "BASE_TYPE_MIN_LENGTH"],
    [
      "two default options of one",
      [string({ options: ["a", "b"].map((value) => ({ label: value, value, default: true })) })],
      "[0].options",
      "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
    ],
    [
      "two default users of one",
      [user({ default_values: users })],
      "[0].default_values",
      "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
    ],
    [
      "a channel among users",
      [user({ default_values: [channelDefault] })],
      "[0].default_values[0].type",
      "BASE_TYPE_CHOICES",
    ],
    [
      "an unknown type of channel",
      [{ type: ChannelSelect, custom_id: "where", channel_types: [99] }],
      "[0].channel_types[0]",
      "BASE_TYPE_CHOICES",
    ],
    [
      "one that is required and needs nothing",
      [user({ min_values: 0, required: true })],
      "[0].min_values",
      "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
    ],
  ];

  it.each(refusals)("refuse %s", async (_, components, path, code) => {
    const message = expect.stringContaining(`components[0].components${path}[${code}]`) as string;
    await expect(send({ components: [row(...components)] })).rejects.toMatchObject({ code: 50035, message });
  });
});

/** Lists what the interaction of a select menu contains, in words. */
function describeSelection(interaction: AnySelectMenuInteraction): string {
  const names: (string | undefined)[] = [];
  if (interaction.isUserSelectMenu() || interaction.isMentionableSelectMenu()) {
    names.push(
      ...interaction.users.map(({ username }) => `${username} (${interaction.members.size} members)`),
    );
  }
  if (interaction.isRoleSelectMenu() || interaction.isMentionableSelectMenu()) {
    names.push(...interaction.roles.map(({ name }) => name));
  }
  if (interaction.isChannelSelectMenu()) {
    names.push(
      ...interaction.channels.map((channel) => (channel && "name" in channel ? (channel.name ?? "") : "")),
    );
  }
  if (interaction.isStringSelectMenu()) names.push(...interaction.values);
  return `${interaction.customId}: ${names.join(", ")}`;
}

describe("a person chooses in a select menu", () => {
  /** Starts a bot that posts these rows for /ping, and updates the message with what was chosen. */
  async function ask(rows: object[]) {
    const discord = await openLocalDiscord({ rateLimits: false });
    const onInteraction = async (interaction: Interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ components: rows as never });
      if (interaction.isAnySelectMenu()) await interaction.update(describeSelection(interaction));
    };
    await joinBot(discord, onInteraction);
    const person = discord.user("ketchup");
    return { discord, person, message: await person.command("ping").answer() };
  }

  it("of each kind, and the bot gets the values with all they refer to", async () => {
    const { discord, person, message } = await ask([
      row(string({ min_values: 0, max_values: 3, placeholder: "Letters" })),
      row(user({ max_values: 2 })),
      row({ type: RoleSelect, custom_id: "role" }),
      row({ type: MentionableSelect, custom_id: "whoever", max_values: 2 }),
      row({
        type: ChannelSelect,
        custom_id: "where",
        channel_types: [ChannelType.GuildText, ChannelType.PublicThread],
      }),
    ]);
    person.createThread("plans", { channelId: message.channel_id });
    const answer = async (...choice: [string, string | string[]]) =>
      (await person.select(message, ...choice).answer()).content;
    expect(await answer("Letters", ["C", "a"])).toBe("letters: c, a");
    expect(await answer("letters", [])).toBe("letters:");
    expect(await answer("who", ["relish", discord.applicationId])).toBe(
      "who: relish (2 members), bot (2 members)",
    );
    expect(await answer("role", "moderator")).toBe("role: moderator");
    expect(await answer("whoever", ["moderator", "mustard"])).toBe("whoever: mustard (1 members), moderator");
    expect(await answer("where", "plans")).toBe("where: plans");
    expect(await answer("where", "random")).toBe("where: random");
    expect(discord.messages().map(({ type }) => type)).toEqual([20, 18]);
    const sent = discord.traffic().findLast(({ title }) => title === "INTERACTION_CREATE");
    const channelId = discord.guilds[0]?.channels[1]?.id ?? "";
    const channel = { name: "random", permissions: expect.any(String) as string };
    expect(sent?.response).toMatchObject({
      d: {
        type: 3,
        message: { id: message.id },
        data: {
          component_type: ChannelSelect,
          custom_id: "where",
          values: [channelId],
          resolved: { channels: { [channelId]: channel } },
        },
      },
    });
  });

  it("in direct messages, too", async () => {
    const discord = await openLocalDiscord();
    const bot = await joinBot(
      discord,
      async (interaction) =>
        interaction.isAnySelectMenu() && interaction.reply(describeSelection(interaction)),
    );
    const person = discord.user("relish");
    const components = [row(user()), row({ type: RoleSelect, custom_id: "role" })];
    const sent = (await bot.rest.post(Routes.channelMessages(person.dm), {
      body: { components },
    })) as APIMessage;
    expect((await person.select(sent, "who", "relish").answer()).content).toBe("who: relish (0 members)");
    expect(() => person.select(sent, "role", "moderator")).toThrow("There is no role moderator here");
  });

  it("only in ways that Discord's client allows", async () => {
    const { discord, person, message } = await ask([
      row(string({ max_values: 2 })),
      row({ type: ChannelSelect, custom_id: "voice", channel_types: [ChannelType.GuildVoice] }),
      row(user({ disabled: true })),
      row({ type: RoleSelect, custom_id: "role" }),
    ]);
    const choose = (customId: string, values: string[]) => () => person.select(message, customId, values);
    expect(choose("letters", [])).toThrow('The select menu "letters" takes 1 to 2 values, not 0.');
    expect(choose("letters", ["a", "b", "c"])).toThrow("takes 1 to 2 values, not 3");
    expect(choose("letters", ["a", "A"])).toThrow("takes each value only once");
    expect(choose("letters", ["d"])).toThrow('takes only the values "a", "b", "c"');
    expect(choose("voice", ["general"])).toThrow("does not list the channel");
    expect(choose("voice", ["nowhere"])).toThrow("There is no channel nowhere here");
    expect(choose("who", ["relish"])).toThrow('The select menu "who" is disabled.');
    expect(choose("role", ["relish"])).toThrow("There is no role relish here");
    expect(choose("nothing", ["a"])).toThrow('The message has no select menu "nothing".');
    expect(() => person.press(message, "letters")).toThrow('The message has no button "letters".');
    const interactions = discord.traffic().filter(({ title }) => title === "INTERACTION_CREATE");
    expect(interactions).toHaveLength(1);
  });
});
