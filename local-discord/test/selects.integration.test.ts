import type { APIMessage } from "discord.js";
import { ButtonStyle, ComponentType, MessageFlags, REST, Routes } from "discord.js";
import { beforeAll, describe, expect, it } from "vitest";
import { type LocalDiscord, startLocalDiscord } from "../src/start.ts";

const { ActionRow, Button, ChannelSelect, Container, StringSelect, UserSelect } = ComponentType;

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
      [string({ options: options.map((option) => ({ ...option, default: true })) })],
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
